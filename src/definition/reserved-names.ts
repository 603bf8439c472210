/** Names that a definition cannot use, because PowerShell, Windows or JavaScript reserves them. All in lower case. */
import { SHIPPED_COMMANDS } from './shipped-commands.js';

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** The common parameters of PowerShell, their aliases, and -Force. Source: about_CommonParameters. */
export const COMMON_PARAMETERS = setOf(
  'verbose debug erroraction warningaction informationaction progressaction errorvariable warningvariable informationvariable ' +
    'outvariable outbuffer pipelinevariable whatif confirm usetransaction force vb db ea wa infa proga ev wv iv ov ob pv wi cf usetx',
);

/**
 * Reserved variables of PowerShell: a parameter or a computed value of such a name would be rejected, overwritten
 * before the call, or change what the cmdlet does. The variables of a generated cmdlet have an underscore, which no
 * parameter can have. Source: about_Automatic_Variables, about_Preference_Variables.
 */
export const SPECIAL_VARIABLES = setOf(
  'args consolefilename enabledexperimentalfeatures error event eventargs eventsubscriber executioncontext false foreach home host input ' +
    'iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation nestedpromptlevel null ofs pid profile psboundparameters ' +
    'pscmdlet pscommandpath psculture psdebugcontext psedition pshome psitem psloguserdata psscriptroot pssenderinfo psuiculture ' +
    'psversiontable pwd sender shellid stacktrace switch this true confirmpreference debugpreference erroractionpreference errorview ' +
    'formatenumerationlimit informationpreference maximumaliascount maximumdrivecount maximumerrorcount maximumfunctioncount ' +
    'maximumhistorycount maximumvariablecount outputencoding progresspreference psdefaultparametervalues psemailserver ' +
    'psmoduleautoloadingpreference psnativecommandargumentpassing psnativecommanduseerroractionpreference pssessionapplicationname ' +
    'pssessionconfigurationname pssessionoption psstyle transcript verbosepreference warningpreference whatifpreference ' +
    'logcommandhealthevent logcommandlifecycleevent logenginehealthevent logenginelifecycleevent logproviderhealthevent ' +
    'logproviderlifecycleevent',
);

/**
 * Members that PowerShell adds to every object; a property of such a name would hide them. Source:
 * about_Intrinsic_Members.
 */
export const INTRINSIC_MEMBERS = setOf('psobject psbase psadapted psextended pstypenames pstypename');

/**
 * Words that are invalid as class names, or that mean another type in every script that uses them: keywords and type
 * accelerators. Source: about_Reserved_Words, about_Type_Accelerators.
 */
export const TYPE_WORDS = setOf(
  'assembly base begin break catch class clean command configuration continue data define do dynamicparam else elseif end enum exit filter ' +
    'finally for foreach from function hidden if in inlinescript interface module namespace parallel param private process public return ' +
    'sequence static switch throw trap try type until using var while workflow adsi adsisearcher alias allowemptycollection allowemptystring ' +
    'allownull argumentcompleter argumentcompletions array attribute bigint bool byte char cimclass cimconverter ciminstance cimsession ' +
    'cimtype cmdletbinding cultureinfo datetime decimal double dscproperty dscresource dsclocalconfigurationmanager exception experimental ' +
    'experimentaction experimentalfeature float guid hashtable initialsessionstate int int16 int32 int64 ipaddress ipendpoint long ' +
    'mailaddress norunspaceaffinity nullable nullstring object objectsecurity ordered outputtype parameter physicaladdress powershell ' +
    'psaliasproperty pscredential pscustomobject psdefaultvalue pslistmodifier psmoduleinfo psnoteproperty psobject psprimitivedictionary ' +
    'pspropertyexpression psscriptmethod psscriptproperty pstypenameattribute psvariable psvariableproperty ref regex runspace ' +
    'runspacefactory sbyte scriptblock securestring semver short single string supportswildcards timespan uint uint16 uint32 uint64 ulong ' +
    'uri ushort validatecount validatedrive validatelength validatenotnull validatenotnullorempty validatenotnullorwhitespace ' +
    'validatepattern validaterange validatescript validateset validatetrusteddata validateuserdrive version void wildcardpattern wmi ' +
    'wmiclass wmisearcher x500distinguishedname x509certificate xml',
);

/**
 * True for a file name that Windows reserves for a device, with any extension and in any case: such a file cannot be
 * created, opened or removed. Source: learn.microsoft.com "Naming Files, Paths, and Namespaces".
 */
export function isDeviceName(fileName: string): boolean {
  return /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\.|$)/i.test(fileName);
}

let commands: ReadonlyMap<string, string> | undefined;

/**
 * Returns the module of PowerShell or Windows that has a command of this name, in any case; undefined if there is none.
 */
export function moduleWithCommand(name: string): string | undefined {
  commands ??= new Map(
    Object.entries(SHIPPED_COMMANDS).flatMap(([module, list]) =>
      list.split(' ').flatMap((entry) => {
        const [verbs = '', noun = ''] = entry.split('-');
        return verbs.split(',').map((verb): [string, string] => [`${verb}-${noun}`.toLowerCase(), module]);
      }),
    ),
  );
  return commands.get(name.toLowerCase());
}

/** Returns the module of this name, in any case, that ships with PowerShell or Windows; undefined if there is none. */
export function shippedModule(name: string): string | undefined {
  return Object.keys(SHIPPED_COMMANDS).find((one) => one.toLowerCase() === name.toLowerCase());
}

/** The form of the name of a definition: letters and digits, in parts with a dot between them; 2 to 80 characters. */
export const MODULE_NAME = /^(?=.{2,80}$)[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/;

/** The name of a module as a part of the names of commands, which have no dots: `ContosoZlib` for `Contoso.Zlib`. */
export const nounOf = (definitionName: string): string => definitionName.replaceAll('.', '');

/** The command that every module exports, to verify its files. */
export const ownCommand = (definitionName: string): string => `Test-${nounOf(definitionName)}Module`;

/** True for the command that every module exports. */
export function isOwnCommand(name: string, definitionName: string): boolean {
  return name.toLowerCase() === ownCommand(definitionName).toLowerCase();
}
