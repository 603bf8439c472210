/** The tests of test/powershell that cannot run in Wine, by name, with the reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  '-Verbose names the process, the backend and the library; -Debug shows the messages':
    'process ids of Windows are not those of this system',
  'nothing falls back to it': 'Windows has the real library; system-dlls.test.ts asks it',
  'asking for it without a StatePath uses the state directory of the user': 'XDG_STATE_HOME belongs to Linux',
  'with the death of the engine': 'it takes the process id of Windows for one of this system; see faults.test.ts',
  'during a call: one BridgeExited, and the next call works': 'the exit status is another; see faults.test.ts',
  'in a pipeline: the results before it stay, then one error': 'Windows has no kill; see faults.test.ts',
  'leaves no socket behind, in 50 attempts, also when the error ends the script':
    'Wine tells the owner of a socket to that owner only; see system-dlls.test.ts',
  'is found in a folder of PATH': 'node is a program of this system there',
  'ends without an answer': 'node is a shell script there',
  'is too old': 'node is a shell script there; see node-choice.test.ts',
  'says something else': 'node is a shell script there',
  'answers with another kind of JSON': 'node is a shell script there',
  'the end of the bridge is one error where a batch is on its way, nothing is mixed up, and the next call works':
    'it starts a bridge again and again until a batch is under way, for which Wine takes minutes; see faults.test.ts',
};
