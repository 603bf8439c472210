/** The settings of a session in which the module must do the same. */
import { quoted } from '../../support/powershell-module.js';
import type { Names } from './names.js';

/** PowerShell that makes the setting, and PowerShell that is true only when it has been made. */
export interface Setting {
  readonly name: string;
  readonly prologue: string;
  readonly isMade: string;
  /** PowerShell that throws when the module minded the setting in a way that its results do not show. */
  readonly epilogue?: string;
}

export const NONE: Setting = { name: 'nothing set', prologue: '', isMade: '$true' };

export const STRICT: Setting = {
  name: 'strict mode and errors that stop',
  prologue:
    "Microsoft.PowerShell.Core\\Set-StrictMode -Version Latest; $global:ErrorActionPreference = $ErrorActionPreference = 'Stop'",
  isMade: 'try { $null = $an_unset_variable; $false } catch { $true }',
};

/** Cultures with another decimal separator, other digits or another calendar, other cases of i, another script. */
export const CULTURES: readonly Setting[] = [
  culture('de-DE', "'{0:n1}' -f 1234.5 -ceq '1.234,5'"),
  culture('tr-TR', "'i'.ToUpper() -cne 'I'"),
  culture(
    'ar-SA',
    '[System.Globalization.CultureInfo]::CurrentCulture.Calendar.GetType().Name -cne "GregorianCalendar"',
  ),
  culture('ja-JP', "[System.Globalization.CultureInfo]::CurrentUICulture.Name -ceq 'ja-JP'"),
];

/** Preferences and special variables of a session set to what a module might trip over. */
export const PREFERENCES: Setting = {
  name: 'preferences that are far from the default',
  prologue: Object.entries({
    OFS: "'|'",
    ConfirmPreference: "'Low'",
    WhatIfPreference: '$true',
    InformationPreference: "'Stop'",
    ProgressPreference: "'Continue'",
    VerbosePreference: "'Continue'",
    DebugPreference: "'Continue'",
    ErrorActionPreference: "'Stop'",
    ErrorView: "'CategoryView'",
    PSNativeCommandUseErrorActionPreference: '$true',
    PSNativeCommandArgumentPassing: "'Legacy'",
    FormatEnumerationLimit: '0',
    MaximumHistoryCount: '1',
    PSDefaultParameterValues: `@{
      'ConvertFrom-Json:AsHashtable' = $true; 'ConvertTo-Json:Depth' = 1; 'ForEach-Object:MemberName' = 'Length'; 'Where-Object:Property' = 'Length'
      'Connect-NativeModule:Options' = 'Hostile'; '*-NativeCall:Command' = 'Hostile'; '*-NativeCall:Debug' = $true; 'Set-StrictMode:Off' = $true
      'Export-ModuleMember:Function' = 'Hostile'; 'Register-ArgumentCompleter:Native' = $true }`,
  })
    .map(([name, value]) => `$global:${name} = ${value}`)
    .join('\n'),
  isMade: '"$(1, 2)" -ceq \'1|2\'',
};

/**
 * Names that are taken: each of these commands is an alias and a function of the session, each of these variables is there
 * and cannot be written. A command that is called notes it.
 */
export function takenNames({ commands, variables }: Names): Setting {
  return {
    name: 'names that the session has taken for itself',
    prologue: `
      function global:Invoke-Hostile { $global:hostile_calls += ' ' + $MyInvocation.InvocationName; throw 'hostile: ' + $MyInvocation.InvocationName }
      $global:hostile_calls = ''
      foreach ($taken in ${variables.map(quoted).join(', ')}) {
        $variable = [System.Management.Automation.PSVariable]::new($taken, 'hostile', 'ReadOnly')
        $null = $ExecutionContext.InvokeProvider.Item.Set('variable:global:' + $taken, $variable)
      }
      foreach ($taken in ${commands.map(quoted).join(', ')}) {
        $null = $ExecutionContext.InvokeProvider.Item.Set('function:global:' + $taken, { $global:hostile_calls += ' function'; throw 'hostile' })
        $null = $ExecutionContext.InvokeProvider.Item.Set('alias:' + $taken, 'Invoke-Hostile')
      }`,
    isMade: `
      $names_are_taken = try { ${commands[0]}; $false } catch { $_.Exception.Message -like 'hostile*' }
      $global:hostile_calls = ''
      $names_are_taken`,
    epilogue: "if ($global:hostile_calls -ne '') { throw ('the module has called' + $global:hostile_calls) }",
  };
}

function culture(name: string, isMade: string): Setting {
  // The bridge is another process: its culture is that of LANG.
  return {
    name: `culture ${name}`,
    prologue: `
      $culture = [System.Globalization.CultureInfo]::GetCultureInfo('${name}')
      [System.Globalization.CultureInfo]::CurrentCulture = $culture
      [System.Globalization.CultureInfo]::CurrentUICulture = $culture
      foreach ($name in 'LANG', 'LC_ALL') { [System.Environment]::SetEnvironmentVariable($name, '${name.replace('-', '_')}.UTF-8') }`,
    isMade,
  };
}
