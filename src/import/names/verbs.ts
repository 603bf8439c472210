/** The approved verbs for the words of function names. */

/** What a word of a function's name says about the cmdlet's name. */
export interface VerbWord {
  readonly verb: string;
  /** How surely the word is a verb where it does not stand first: 3 always, 2 nearly always, 1 rarely. */
  readonly strength: 1 | 2 | 3;
  /** What the verb loses, at the end of the noun: `Sign` becomes New-...Signature. */
  readonly tail?: string;
  /** The noun keeps the word unless it stands first: PathIsRelative becomes Test-PathIsRelative. */
  readonly isKept?: boolean;
}

/** Returns what a word in any case says; undefined for a word that is no verb. */
export function verbOf(word: string): VerbWord | undefined {
  return VERBS.get(word.toLowerCase());
}

/**
 * Words that are verbs wherever they stand. Where the approved verb is another word, the source is the list of synonyms
 * in "Approved Verbs for PowerShell Commands", or the module that ships with Windows and does the same thing.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  Add: 'Add Append Insert Prepend',
  Clear: 'Clear Flush Purge Invalidate',
  Close: 'Close Release',
  Compare: 'Compare Cmp Equal',
  Complete: 'Complete Finish Finalize Commit',
  Compress: 'Compress Deflate',
  Confirm: 'Confirm Acknowledge',
  Connect: 'Connect Attach',
  Convert: 'Convert Translate Transform',
  // Decoding reads a form that others wrote, and encoding writes it.
  ConvertFrom: 'Decode Deserialize Parse Unmarshal Unmarshall Unserialize',
  ConvertTo: 'Encode Serialize Marshal Marshall',
  Copy: 'Copy Duplicate Clone',
  Deny: 'Deny Reject',
  Disable: 'Disable Deactivate',
  Disconnect: 'Disconnect Detach Unbind',
  Dismount: 'Dismount Unmount Unmap',
  Enable: 'Enable Activate',
  Enter: 'Enter',
  Exit: 'Exit Leave',
  Expand: 'Expand Inflate Uncompress Decompress',
  Export: 'Export Extract',
  Find: 'Find Locate Detect',
  Get: 'Get Query Enum Enumerate Lookup Retrieve Fetch Obtain Acquire Inquire Inq Peek Inspect',
  Grant: 'Grant Allow',
  Import: 'Import Load',
  Initialize: 'Initialize Init Prepare',
  Install: 'Install',
  Invoke: 'Invoke Execute Exec Perform Dispatch',
  Join: 'Join Combine Associate Concat Concatenate',
  Lock: 'Lock',
  Measure: 'Measure Calculate Compute Calc Evaluate Estimate Eval',
  Merge: 'Merge Union',
  Mount: 'Mount',
  New: 'New Create Alloc Allocate Generate Gen Make Construct Derive',
  Out: 'Print',
  Protect: 'Protect Encrypt Seal',
  Publish: 'Publish',
  Read: 'Read',
  Receive: 'Receive Recv Accept Download',
  Register: 'Register Subscribe Schedule',
  Remove: 'Remove Delete Del Free Erase Discard Dispose Destroy Unload Unlink Strip',
  Rename: 'Rename',
  Repair: 'Repair',
  Reset: 'Reset Rewind',
  Resize: 'Resize Truncate Extend',
  Resolve: 'Resolve',
  Restore: 'Restore',
  Resume: 'Resume Wake Continue',
  Revoke: 'Revoke',
  Save: 'Save',
  Select: 'Select Choose',
  Send: 'Send Broadcast Upload Resend Signal Raise',
  Set: 'Set Put Assign Change Modify Configure Adjust Replace Apply',
  Show: 'Show Draw',
  Start: 'Start Begin Startup Launch Initiate',
  Stop: 'Stop End Terminate Cancel Abort Kill Cleanup Uninitialize Uninit Deinitialize Term',
  Submit: 'Submit Post Enqueue',
  Suspend: 'Suspend Pause',
  Switch: 'Switch Swap',
  Sync: 'Sync Synchronize',
  Test: 'Check Verify Validate Probe',
  Undo: 'Undo Rollback',
  Uninstall: 'Uninstall',
  Unlock: 'Unlock',
  Unprotect: 'Unprotect Decrypt Unseal',
  Unregister: 'Unregister Deregister Unsubscribe',
  Update: 'Update Refresh Upgrade Rebuild Reload',
  Wait: 'Wait',
  Watch: 'Track',
  Write: 'Write',
};

/** Words that are verbs nearly always, but follow others that are: `RegisterHotKey`, `GetHotKeyState`. */
const USUALLY: Readonly<Record<string, string>> = {
  Backup: 'Backup',
  Block: 'Block',
  Build: 'Build',
  Compress: 'Compact',
  Connect: 'Bind Dial Logon Login',
  Disconnect: 'Logoff Hangup',
  Deploy: 'Deploy',
  Edit: 'Edit',
  Export: 'Dump',
  Format: 'Format',
  Get: 'Capture',
  Hide: 'Hide Minimize',
  Invoke: 'Call Run Do',
  Limit: 'Limit',
  Move: 'Move Transfer Scroll Offset Shift Seek',
  Optimize: 'Optimize Defragment',
  Pop: 'Pop',
  Push: 'Push',
  Redo: 'Redo',
  Request: 'Request',
  Resize: 'Scale',
  Restart: 'Restart',
  Search: 'Search',
  Set: 'Fill',
  Show: 'Display Paint Render Browse',
  Skip: 'Skip',
  Split: 'Split',
  Start: 'Play Trigger',
  Step: 'Step Advance',
  Stop: 'Shutdown',
  Test: 'Test Ping Match',
  Unblock: 'Unblock',
  Use: 'Use',
  Wait: 'Sleep',
  Watch: 'Watch',
  Write: 'Report',
};

/** Words that are nouns more often, and verbs where there is no other: CryptHashData, WTSLogoffSession. */
const RARELY: Readonly<Record<string, string>> = {
  Get: 'First Next Prev Previous Last Walk',
  Group: 'Group',
  Measure: 'Count',
  Mount: 'Map',
  Save: 'Store',
  Select: 'Filter',
  Submit: 'Queue',
  Test: 'Access',
  Trace: 'Trace',
  Write: 'Log',
};

/** Words that ask: the answer is yes or no. */
const ASKING = 'Is Has Can Are Does Should Exists Exist Supports Contains';

/** Words whose meaning needs a verb and a noun. */
const WITH_TAIL: Readonly<Record<string, VerbWord>> = {
  hash: { verb: 'Get', strength: 1, tail: 'Hash' },
  impersonate: { verb: 'Start', strength: 3, tail: 'Impersonation' },
  link: { verb: 'New', strength: 1, tail: 'Link' },
  notify: { verb: 'Send', strength: 1, tail: 'Notification' },
  reserve: { verb: 'New', strength: 2, tail: 'Reservation' },
  sign: { verb: 'New', strength: 3, tail: 'Signature' },
};

const VERBS = new Map<string, VerbWord>([
  ...entriesOf(ALWAYS, 3),
  ...entriesOf(USUALLY, 2),
  ...entriesOf(RARELY, 1),
  ...ASKING.split(' ').map((word): [string, VerbWord] => [
    word.toLowerCase(),
    { verb: 'Test', strength: 3, isKept: true },
  ]),
  ...Object.entries(WITH_TAIL),
]);

function entriesOf(table: Readonly<Record<string, string>>, strength: VerbWord['strength']): [string, VerbWord][] {
  return Object.entries(table).flatMap(([verb, words]) =>
    words.split(' ').map((word): [string, VerbWord] => [word.toLowerCase(), { verb, strength }]),
  );
}
