/** The facts of a module after PowerShell has imported it. */
import type { Definition } from '../definition/types.js';
import { type PowerShellResult, toPlain } from '../powershell/result.js';

/** Numbers and Booleans are text, as PowerShell formats them: `0`, `True`. */
export interface ParameterFacts {
  readonly name: string;
  readonly type: string;
  readonly mandatory: string;
  readonly position: string;
  readonly byPropertyName: string;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly validValues: readonly string[];
}

export interface CommandFacts {
  readonly name: string;
  readonly outputTypes: readonly string[];
  readonly supportsShouldProcess: string;
  readonly confirmImpact: string;
  readonly synopsis: string;
  readonly parameters: readonly ParameterFacts[];
}

export interface ManifestFacts {
  readonly name: string;
  readonly version: string;
  readonly guid: string;
  readonly functions: readonly string[];
  readonly cmdlets: readonly string[];
  readonly aliases: readonly string[];
  readonly variables: readonly string[];
}

export interface ModuleFacts {
  readonly functions: readonly string[];
  readonly cmdlets: readonly string[];
  readonly aliases: readonly string[];
  readonly variables: readonly string[];
  readonly commands: readonly CommandFacts[];
}

/**
 * Imports the module again. Removes another module of the same name first: if the import failed, it would be mistaken
 * for this one.
 */
export function importScript(definition: Definition, manifestPath: string): string {
  return `
Microsoft.PowerShell.Core\\Get-Module -Name ${quoted(definition.name)} | Microsoft.PowerShell.Core\\Remove-Module -Force
Microsoft.PowerShell.Core\\Import-Module -Name ${quoted(manifestPath)}`;
}

/** Emits the output of Test-ModuleManifest. */
export function manifestScript(manifestPath: string): string {
  return `
$found = Microsoft.PowerShell.Core\\Test-ModuleManifest -Path ${quoted(manifestPath)}
if ($null -ne $found) {
    [pscustomobject]@{
        name = $found.Name; version = $found.Version.ToString(); guid = $found.Guid
        functions = @($found.ExportedFunctions.Keys); cmdlets = @($found.ExportedCmdlets.Keys)
        aliases = @($found.ExportedAliases.Keys); variables = @($found.ExportedVariables.Keys)
    }
}`;
}

/** Emits the exports of the imported module, with everything that the commands declare. */
export function moduleScript(definition: Definition): string {
  return `
$module = Microsoft.PowerShell.Core\\Get-Module -Name ${quoted(definition.name)}
if ($null -eq $module) { return }
$automatic = @([System.Management.Automation.Cmdlet]::CommonParameters) +
    @([System.Management.Automation.Cmdlet]::OptionalCommonParameters)
$commands = foreach ($command in @($module.ExportedFunctions.Values) + @($module.ExportedCmdlets.Values)) {
    $metadata = [System.Management.Automation.CommandMetadata]::new($command)
    $parameters = foreach ($parameter in $command.Parameters.Values) {
        if ($automatic -contains $parameter.Name) { continue }
        $declared = $null; $range = $null; $set = $null
        foreach ($attribute in $parameter.Attributes) {
            if ($attribute -is [System.Management.Automation.ParameterAttribute] -and
                ($null -eq $declared -or $attribute.ParameterSetName -eq $command.DefaultParameterSet)) { $declared = $attribute }
            if ($attribute -is [System.Management.Automation.ValidateRangeAttribute]) { $range = $attribute }
            if ($attribute -is [System.Management.Automation.ValidateSetAttribute]) { $set = $attribute }
        }
        $minimum = $null; $maximum = $null; $validValues = @()
        if ($null -ne $range) { $minimum = $range.MinRange; $maximum = $range.MaxRange }
        if ($null -ne $set) { $validValues = @($set.ValidValues) }
        # Of a Nullable, the type of its value.
        $type = @(@($parameter.ParameterType.GenericTypeArguments) + $parameter.ParameterType)[0]
        [pscustomobject]@{
            name = $parameter.Name; type = $type.FullName
            mandatory = $declared.Mandatory; position = $declared.Position
            byPropertyName = $declared.ValueFromPipelineByPropertyName
            minimum = $minimum; maximum = $maximum; validValues = $validValues
        }
    }
    $help = Microsoft.PowerShell.Core\\Get-Help -Name $command.Name
    [pscustomobject]@{
        name = $command.Name; outputTypes = @($command.OutputType | Microsoft.PowerShell.Core\\ForEach-Object { $_.Name })
        supportsShouldProcess = $metadata.SupportsShouldProcess; confirmImpact = $metadata.ConfirmImpact
        synopsis = [string]$help.Synopsis; parameters = @($parameters)
    }
}
[pscustomobject]@{
    functions = @($module.ExportedFunctions.Keys); cmdlets = @($module.ExportedCmdlets.Keys)
    aliases = @($module.ExportedAliases.Keys); variables = @($module.ExportedVariables.Keys)
    commands = @($commands)
}`;
}

/** Returns the single object that such a script emitted, or undefined. */
export function factsOf<T>(result: PowerShellResult): T | undefined {
  const [value] = result.output;
  return value === undefined ? undefined : (toPlain(value) as T);
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
