/** `dllet completion <shell>`: prints a script for the shell that completes commands and options of dllet. */
import type { CommandModule } from 'yargs';
import { print } from './output.js';

/**
 * Each script passes the words up to the cursor to `dllet --complete`, and offers what it prints: one word on each
 * line, with a tab and its description, and `:file` or `:folder` for names that the shell itself completes.
 */
const SCRIPTS = {
  bash: `_dllet_completions() {
  local word=\${COMP_WORDS[COMP_CWORD]} line plain
  [[ $word == = ]] && word=
  plain=\${word//[\\\\\\"\\']/}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :file|:folder)
        compopt -o filenames 2>/dev/null
        local kind=-f names
        [[ $line == :folder ]] && kind=-d
        while IFS= read -r names; do COMPREPLY+=("$names"); done < <(compgen "$kind" -- "$plain") ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <(dllet --complete "\${COMP_WORDS[@]:1:COMP_CWORD-1}" "$word" 2>/dev/null)
}
complete -F _dllet_completions dllet`,
  zsh: `#compdef dllet
_dllet() {
  local -a lines offered
  local line kind= word=\${(Q)words[CURRENT]}
  lines=("\${(@f)$(dllet --complete "\${(@Q)words[2,CURRENT-1]}" "$word" 2>/dev/null)}")
  compset -P '--*='
  for line in $lines; do
    case $line in
      :*) kind=$line ;;
      *) offered+=("\${\${line//:/\\\\:}/$'\\t'/:}") ;;
    esac
  done
  (( $#offered )) && _describe -t values value offered -M 'm:{[:lower:]}={[:upper:]}'
  case $kind in
    :file) _files ;;
    :folder) _files -/ ;;
  esac
}
if [[ "\${zsh_eval_context[-1]}" == loadautofunc ]]; then _dllet "$@"; else compdef _dllet dllet; fi`,
  fish: `function __dllet_completions
  set -l before (commandline -opc)
  set -l word (commandline -ct)
  set -l option (string match -r -- '^--[^=]+=' "$word")
  set -l value (string replace -r -- '^--[^=]+=' '' "$word")
  for line in (dllet --complete $before[2..] "$word" 2>/dev/null)
    switch $line
      case :file
        printf '%s\\n' "$option"(__fish_complete_path "$value")
      case :folder
        printf '%s\\n' "$option"(__fish_complete_directories "$value" '')
      case '*'
        printf '%s\\n' "$option$line"
    end
  end
end
complete -c dllet -f -a '(__dllet_completions)'`,
  powershell: `Register-ArgumentCompleter -Native -CommandName dllet -ScriptBlock {
    param($word, $command, $position)
    $words = @($command.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { "$_" }
    })
    # Before 7.3, PowerShell leaves out an empty argument.
    $last = if ($word) { $word } elseif ($PSVersionTable.PSVersion -ge '7.3') { '' } else { '""' }
    $option = if ($word -match '^--[^=]+=') { $Matches[0] } else { '' }
    $offered = @(dllet --complete @words $last 2>$null | ForEach-Object {
        $text, $means = $_ -split [char]9
        if ($text -like ':*') {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($word.Substring($option.Length)) |
                Where-Object { $text -eq ':file' -or $_.ResultType -eq 'ProviderContainer' } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($option + $_.CompletionText, $_.ListItemText, $_.ResultType, $_.ToolTip) }
        } else {
            [System.Management.Automation.CompletionResult]::new("$option$text", $text, 'ParameterValue', "$(if ($means) { $means } else { $text })")
        }
    })
    # If nothing is offered, PowerShell offers files. A word that was begun stays.
    if ($offered) { $offered } elseif ($word) { $word } else { ' ' }
}`,
} as const;

type Shell = keyof typeof SCRIPTS;

/** The shells for which there is a script. */
export const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];

export const completionCommand: CommandModule<object, { shell: Shell }> = {
  command: 'completion <shell>',
  describe: 'Print the script that completes dllet in a shell',
  builder: (yargs) =>
    yargs
      .positional('shell', { choices: SHELLS, demandOption: true, describe: 'The shell that will run the script' })
      .example('source <(dllet completion bash)', 'bash: put this line in ~/.bashrc')
      .example('source <(dllet completion zsh)', 'zsh: in ~/.zshrc, after compinit')
      .example('dllet completion fish | source', 'fish: in ~/.config/fish/config.fish')
      .example('dllet completion powershell | Out-String | iex', 'PowerShell: in the file $PROFILE'),
  handler: ({ shell }) => print(SCRIPTS[shell]),
};
