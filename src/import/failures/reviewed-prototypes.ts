/**
 * Applies the reviewed failure rules to pasted prototypes, because C does not say how a function fails, but its
 * documentation does. A mark of the author is never changed.
 */
import { type CheckedDraft, checkDraft, type Draft, type Remark } from '../../definition/draft.js';
import { joinKnown, type KnownTypes, type ParsedFunction, parsePrototypes } from '../../definition/prototype/index.js';
import type { LibraryPlatform, TypeExpression } from '../../definition/types.js';
import { failureMarks } from './failure-marks.js';
import { type ImportedFailure, reviewedFailureOf } from './failure-rule-of.js';

/** The libraries of Windows that the reviewed functions are in. Another library can have a function of the same name. */
const LIBRARIES = new RegExp(
  `^(${[
    'api-ms-win-[a-z0-9-]+|ext-ms-win-[a-z0-9-]+|kernel32|kernelbase|ntdll|user32|gdi32|advapi32|sechost|userenv|version|psapi',
    'powrprof|shell32|shlwapi|shcore|ole32|combase|wtsapi32|wer|dbghelp|pdh|msi|tdh|wevtapi|wslapi|rstrtmgr|virtdisk|ktmw32',
    'netapi32|iphlpapi|ws2_32|mswsock|dnsapi|fwpuclnt|winhttp|wininet|httpapi|mpr|davclnt|dhcpcsvc|dhcpsapi|wlanapi|normaliz',
    'ntdsapi|dsrole|dsparse|secur32|sspicli|authz|credui|crypt32|bcrypt|ncrypt|wintrust|winscard|amsi|setupapi|cfgmgr32|newdev',
    'dwmapi|dxva2|comctl32|api-ms-onecore-[a-z0-9-]+',
  ].join('|')})(\\.dll)?$|^winspool\\.drv$`,
  'i',
);

/** Returns the reviewed rule of a Windows function; undefined if there is none. `type` is the type of its return value. */
export function reviewedFailureIn(
  file: string | undefined,
  name: string,
  type: TypeExpression,
): (ImportedFailure & { readonly page: string }) | undefined {
  return file !== undefined && LIBRARIES.test(file) && type !== 'void' ? reviewedFailureOf(name, type) : undefined;
}

/** Checks a draft after adding the reviewed rules to functions without a mark for failure. A note reports each rule. */
export function checkReviewedDraft(draft: Draft): CheckedDraft {
  const plain = checkDraft(draft);
  const file = draft.library['win32' satisfies LibraryPlatform];
  if (plain.mistakes.length > 0 || file === undefined) return plain;
  const { declarations, pages, notes } = withReviewedRules(draft.declarations, file);
  if (notes.length === 0) return plain;
  const checked = checkDraft({ ...draft, declarations, pages });
  return checked.mistakes.length > 0 ? plain : { ...checked, notes: [...checked.notes, ...notes] };
}

interface Reviewed {
  readonly declarations: readonly string[];
  /** The page of the function that a declaration is, if it is one. */
  readonly pages: readonly (string | undefined)[];
  readonly notes: readonly Remark[];
}

function withReviewedRules(texts: readonly string[], file: string): Reviewed {
  let known: KnownTypes = {};
  const pages: (string | undefined)[] = [];
  const notes: Remark[] = [];
  const declarations = texts.map((text, declaration) => {
    const parsed = parsePrototypes(text, known);
    known = joinKnown(known, parsed);
    const found = parsed.functions.flatMap((fn) => ruleFor(fn, file) ?? []);
    pages.push(parsed.functions.length === 1 ? found[0]?.page : undefined);
    notes.push(
      ...found.map(({ name, mark, page }) => ({
        declaration,
        pointer: '',
        message: `how ${name} reports failure is taken from its page: ${mark}, ${page}`,
      })),
    );
    // Inserts from the end, so that the earlier offsets stay valid.
    return found.reduceRight((rest, { at, mark }) => `${rest.slice(0, at)}${mark} ${rest.slice(at)}`, text);
  });
  return { declarations, pages, notes };
}

/** Returns the reviewed mark for a function that has no mark for failure. */
function ruleFor({ name, start, marks, definition: { returns } }: ParsedFunction, file: string) {
  if (marks.some((mark) => /^(fails|success|absent|unreviewed)$/.test(mark))) return undefined;
  const failure = reviewedFailureIn(file, name, returns.type);
  return failure && { name, at: start, mark: `[${failureMarks(failure).join(', ')}]`, page: failure.page };
}
