/** Third-party notices: the code that a module redistributes, and its licences. */
import { programVersion } from '../generator/generate.js';
import type { NodeExecutable } from './node-exe.js';
import type { PackageList } from './package-list.js';

export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt';

interface Notice {
  readonly title: string;
  readonly where: string;
  readonly text: string;
}

/** `assemblies` and `ownLicence` are dllet's; `nodeLicence` is the licence file of Node.js, if it was beside node.exe. */
export function renderNotices(
  packages: PackageList,
  assemblies: readonly string[],
  ownLicence: string,
  node: NodeExecutable | undefined,
  nodeLicence: string | undefined,
): string {
  const notices: Notice[] = [
    {
      title: `dllet ${programVersion()}`,
      where: `${['*.cjs', ...assemblies].map((file) => `bin/${file}`).join(', ')} and the generated scripts`,
      text: ownLicence,
    },
    ...packages.bundled.map(({ name, version, license, licenseText }) => ({
      title: `${name} ${version} (${license})`,
      where: 'bin/program.cjs, bin/on-demand.cjs and bin/verify.cjs',
      text: licenseText,
    })),
    {
      title: `koffi ${packages.koffi.version} (${packages.koffi.license}), with its native addons @koromix/koffi-*`,
      where: 'bin/program.cjs, bin/verify.cjs and bin/node_modules',
      text: packages.koffi.licenseText,
    },
  ];
  if (node) {
    notices.push({ title: `Node.js ${node.version}`, where: 'bin/node.exe', text: nodeLicence ?? NODE_LICENCE });
  }
  const parts = notices.map(({ title, where, text }) => `${RULE}\n${title}\nin ${where}\n${RULE}\n\n${plain(text)}\n`);
  return `This module contains the following software of others.\n\n${parts.join('\n')}`;
}

const RULE = '='.repeat(78);

/** The licence of Node.js itself. Those of its dependencies are in the LICENSE of its release. */
const NODE_LICENCE = `The licence of Node.js with those of the software that it contains is the file LICENSE of its release:
https://github.com/nodejs/node/blob/main/LICENSE

Copyright Node.js contributors. All rights reserved.

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to
deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
IN THE SOFTWARE.`;

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}
