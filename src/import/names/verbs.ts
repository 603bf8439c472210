/** The approved verbs for the words of function names. */

/** What a word of a function's name means for the cmdlet's name. */
export interface VerbWord {
  readonly verb: string;
  /** How certain it is that the word is a verb if it is not the first word: 3 always, 2 nearly always, 1 rarely. */
  readonly strength: 1 | 2 | 3;
  /** The word to add to the noun, because the verb loses it: `Sign` becomes New-...Signature. */
  readonly tail?: string;
  /**
   * When the noun keeps the word: always, or unless it comes first. RasEntryDlg becomes Show-RasEntryDlg,
   * PathIsRelative Test-PathIsRelative, and IsValidSid Test-ValidSid.
   */
  readonly kept?: 'always' | 'later';
  /** True for a word that is a verb only at the end of a name; false for one that is never a verb there. */
  readonly isLast?: boolean;
}

/** Returns the entry of a word, in any case; undefined for a word that is not a verb. */
export function verbOf(word: string): VerbWord | undefined {
  return VERBS.get(word.toLowerCase());
}

/**
 * Words that are verbs at any place. If the approved verb is a different word, the source is the list of synonyms in
 * "Approved Verbs for PowerShell Commands", or a Windows module that does the same.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  Add: 'Add Append Insert Prepend',
  Clear: 'Clear Flush Purge Invalidate Unset',
  Close: 'Close Release',
  Compare: 'Compare Cmp Equal',
  Complete: 'Complete Finish Finalize Commit',
  Compress: 'Compress Deflate',
  Confirm: 'Confirm Acknowledge Authenticate',
  Connect: 'Connect Attach Reconnect Associate Join',
  Convert: 'Convert Translate Transform',
  // Decoding reads an external format, and encoding writes one.
  ConvertFrom: 'Decode Deserialize Parse Unmarshal Unmarshall Unserialize Unescape Unquote Unpack Crack',
  ConvertTo: 'Encode Serialize Marshal Marshall Escape Quote Pack',
  Copy: 'Copy Duplicate Clone Dup Cpy',
  Deny: 'Deny Reject',
  Disable: 'Disable Deactivate',
  Disconnect: 'Disconnect Detach Unbind Unjoin Disassociate',
  Dismount: 'Dismount Unmount Unmap',
  Enable: 'Enable Activate',
  Enter: 'Enter',
  Exit: 'Exit Leave',
  Expand: 'Expand Inflate Uncompress Decompress',
  Export: 'Extract',
  Find: 'Find Locate Detect Discover',
  Get: 'Get Query Enum Enumerate Lookup Retrieve Fetch Obtain Acquire Inquire Inq Peek Inspect Describe',
  Grant: 'Grant Allow',
  Import: 'Load',
  Initialize: 'Initialize Init Prepare',
  Install: 'Install',
  Invoke: 'Invoke Execute Exec Perform Dispatch',
  Join: 'Combine Concat Concatenate',
  Lock: 'Lock',
  Measure: 'Measure Calculate Compute Calc Evaluate Estimate Eval',
  Merge: 'Merge',
  Mount: 'Mount',
  New: 'New Create Alloc Allocate Generate Gen Make Construct Derive Establish Define Compose Provision',
  Open: 'Open Reopen',
  Protect: 'Protect Encrypt Seal',
  Publish: 'Publish Advertise',
  Read: 'Read',
  Receive: 'Receive Recv Accept Download',
  Register: 'Register Subscribe Introduce',
  Remove: 'Remove Delete Del Free Erase Discard Dispose Destroy Unload Unlink Strip Evict Forget Exclude',
  Rename: 'Rename',
  Repair: 'Repair Reinstall',
  Reset: 'Reset Rewind',
  Resize: 'Resize Truncate Extend Realloc Reallocate Grow Shrink',
  Resolve: 'Resolve Identify Canonicalize',
  Restore: 'Restore Recover',
  Resume: 'Resume Wake Continue',
  Revoke: 'Revoke',
  Save: 'Save Persist',
  Select: 'Select Choose',
  Send: 'Send Broadcast Upload Resend Raise Transmit Inject Fire',
  Set: 'Set Put Assign Change Modify Configure Adjust Replace Apply',
  Show: 'Show',
  Start: 'Start Begin Startup Launch Initiate',
  Stop: 'Stop End Terminate Cancel Abort Kill Cleanup Uninitialize Uninit Deinitialize Deinit Term',
  Submit: 'Submit Post Enqueue Deposit',
  Suspend: 'Suspend Pause',
  Switch: 'Switch Swap',
  Sync: 'Sync Synchronize',
  Test: 'Check Verify Validate Probe',
  Undo: 'Undo Rollback Revert',
  Uninstall: 'Uninstall Deinstall',
  Unlock: 'Unlock',
  Unpublish: 'Unpublish Unadvertise Unexport',
  Unprotect: 'Unprotect Decrypt Unseal',
  Unregister: 'Unregister Deregister Unsubscribe Unhook',
  Update: 'Update Refresh Upgrade Rebuild Reload Redraw Renew Collect',
  Wait: 'Wait',
  Watch: 'Track',
  Write: 'Write',
};

/** Words that are usually verbs, but can follow another verb as nouns: `RegisterHotKey`, `GetHotKeyState`. */
const USUALLY: Readonly<Record<string, string>> = {
  Backup: 'Backup',
  Block: 'Block',
  Build: 'Build Compile',
  Clear: 'Empty',
  Connect: 'Bind Dial Logon Login',
  Disconnect: 'Logoff Hangup',
  Debug: 'Debug Diagnose',
  Deploy: 'Deploy',
  Edit: 'Edit',
  Export: 'Export Dump',
  Format: 'Format Normalize',
  Get: 'Capture',
  Hide: 'Hide Minimize',
  Import: 'Import',
  Invoke: 'Call Run Do',
  Limit: 'Limit',
  Mount: 'Map',
  Move: 'Move Transfer Scroll Offset Shift Seek Goto Navigate',
  Optimize: 'Optimize Defragment Compact',
  Out: 'Print',
  Pop: 'Pop',
  Push: 'Push',
  Redo: 'Redo',
  Register: 'Schedule',
  Request: 'Request Prompt Claim Negotiate',
  Resize: 'Scale',
  Restart: 'Restart',
  Search: 'Search Scan',
  Send: 'Signal',
  Set: 'Fill Mark Force',
  Show: 'Display Draw Paint Render Browse',
  Skip: 'Skip',
  Split: 'Split',
  Start: 'Play Trigger',
  Step: 'Step Advance Increment Decrement',
  Stop: 'Shutdown',
  Test: 'Test Ping Match',
  Unblock: 'Unblock',
  Use: 'Use',
  Wait: 'Sleep',
  Watch: 'Watch',
  Write: 'Report',
};

/** Words that are usually nouns, and verbs only if there is no other: CryptHashData, WTSLogoffSession. */
const RARELY: Readonly<Record<string, string>> = {
  Get: 'Walk List',
  Merge: 'Union',
  Save: 'Store',
  Submit: 'Queue',
  Test: 'Access',
  Write: 'Log Record Originate',
};

/** Words for questions that are answered by yes or no. */
const ASKING = 'Is Has Can Are Does Should Exists Exist Supports Contains';

/** Words for windows that are shown. */
const SHOWN = 'Dialog Dlg Box';

/** Words for one of many. */
const ONE_OF_MANY = 'First Next Prev Previous Last';

/** Words with more rules than a verb. */
const WITH_TAIL: Readonly<Record<string, VerbWord>> = {
  cat: { verb: 'Join', strength: 1, isLast: true },
  command: { verb: 'Send', strength: 1, tail: 'Command', isLast: true },
  control: { verb: 'Send', strength: 1, tail: 'Control' },
  count: { verb: 'Measure', strength: 1, isLast: false },
  hash: { verb: 'Get', strength: 1, tail: 'Hash' },
  impersonate: { verb: 'Start', strength: 3, tail: 'Impersonation' },
  link: { verb: 'New', strength: 1, tail: 'Link' },
  listen: { verb: 'Start', strength: 2, tail: 'Listener' },
  message: { verb: 'Send', strength: 1, tail: 'Message', isLast: true },
  msg: { verb: 'Send', strength: 1, tail: 'Msg', isLast: true },
  notify: { verb: 'Register', strength: 1, tail: 'Notification' },
  reserve: { verb: 'New', strength: 2, tail: 'Reservation' },
  sign: { verb: 'New', strength: 3, tail: 'Signature' },
  trace: { verb: 'Write', strength: 1, tail: 'Trace' },
};

const VERBS = new Map<string, VerbWord>([
  ...entriesOf(ALWAYS, 3),
  ...entriesOf(USUALLY, 2),
  ...entriesOf(RARELY, 1),
  ...wordsOf(ASKING, { verb: 'Test', strength: 3, kept: 'later' }),
  ...wordsOf(ONE_OF_MANY, { verb: 'Get', strength: 1, kept: 'always' }),
  ...wordsOf(SHOWN, { verb: 'Show', strength: 1, kept: 'always' }),
  ...Object.entries(WITH_TAIL),
]);

function entriesOf(table: Readonly<Record<string, string>>, strength: VerbWord['strength']): [string, VerbWord][] {
  return Object.entries(table).flatMap(([verb, words]) => wordsOf(words, { verb, strength }));
}

function wordsOf(words: string, said: VerbWord): [string, VerbWord][] {
  return words.split(' ').map((word) => [word.toLowerCase(), said]);
}
