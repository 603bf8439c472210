// Runs in node.exe: starts the program in its first argument with pipes, sends it the lines of its third one, and writes what came back
// as JSON into the file of its second one. With a fourth argument it stays, and so does the program, which is told that this is its parent.
const { spawn } = require('node:child_process');
const { writeFileSync } = require('node:fs');

const [program, results, lines, stays, ...options] = process.argv.slice(2);
const parent = stays === 'stays' ? ['--parent', String(process.pid)] : [];
// Node's own job object would end a child with it; one that is detached is not in it, as no child of PowerShell's is.
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
