/** `dllet completion <shell>`: prints the script with which a shell completes commands and options of dllet. */
import type { CommandModule } from 'yargs';
import { print } from './output.js';

/**
 * Each script asks `dllet --get-yargs-completions`, which prints one word a line, and leaves the shell to offer files
 * where there is none. SHELL keeps yargs from adding descriptions in the form of another shell.
 */
const SCRIPTS = {
  bash: `_dllet_completions() {
  local words
  words=$(SHELL=bash ZSH_NAME= dllet --get-yargs-completions "\${COMP_WORDS[@]:0:COMP_CWORD+1}" 2>/dev/null)
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _dllet_completions dllet`,
  zsh: `#compdef dllet
_dllet() {
  local -a offered
  offered=("\${(@f)$(SHELL=bash ZSH_NAME= dllet --get-yargs-completions "\${(@)words[1,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${offered[1]}" ]]; then compadd -a offered; else _files; fi
}
if [[ "\${zsh_eval_context[-1]}" == loadautofunc ]]; then _dllet "$@"; else compdef _dllet dllet; fi`,
  fish: `function __dllet_completions
  set -lx SHELL bash
  set -l words (commandline -opc) (commandline -ct)
  dllet --get-yargs-completions $words 2>/dev/null
end
complete -c dllet -a '(__dllet_completions)'`,
  powershell: `Register-ArgumentCompleter -Native -CommandName dllet -ScriptBlock {
    param($word, $command, $position)
    $words = @($command.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
    $shell = $env:SHELL
    try {
        $env:SHELL = 'bash'
        # Before 7.3, PowerShell leaves out an empty argument.
        $last = if ($word) { $word } elseif ($PSVersionTable.PSVersion -ge '7.3') { '' } else { '""' }
        dllet --get-yargs-completions @words $last 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }
    } finally { $env:SHELL = $shell }
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
