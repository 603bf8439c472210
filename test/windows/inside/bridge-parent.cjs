// Runs in node.exe: starts the program in its first argument with pipes, sends it the lines in its third one, and
// writes the output as JSON into the file in its second one. With a fourth argument it keeps running, and so does the
// program, which gets its process id as that of its parent.
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');

const [program, results, lines, stays, ...options] = process.argv.slice(2);
const parent = stays === 'stays' ? ['--parent', String(process.pid)] : [];
// Detached, because node's job object would end the child together with this process; a child of PowerShell is in no
// such job.
const detached = stays === 'stays';
const bridge = spawn(process.execPath, [program, 'serve', ...parent, ...options], { detached });
const found = { stdout: '', stderr: '' };
for (const name of ['stdout', 'stderr']) {
  bridge[name].setEncoding('utf8').on('data', (text) => {
    found[name] += text;
    if (stays === 'stays') writeFileSync(results, JSON.stringify(found));
  });
}
bridge.stdin.write(lines);
if (stays === 'stays') setInterval(() => {}, 60_000);
else {
  bridge.stdin.end();
  bridge.on('close', (status) => writeFileSync(results, JSON.stringify({ ...found, status })));
}
