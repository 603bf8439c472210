/** Appends records: path, number of this worker, how many. Lines of different lengths, some longer than a page. */
import { appendLine, recordLine } from '../../../src/audit/json-lines.js';
import type { AuditRecord } from '../../../src/audit/record.js';

const [file = '', worker = '', count = '0'] = process.argv.slice(2);
for (let index = 0; index < Number(count); index += 1) {
  const reason = `${worker}:${index}:${'x'.repeat((index * 997) % 9000)}`;
  appendLine(file, recordLine({ reason } as AuditRecord));
}
