/** The minimum Node.js version of the program. A test compares it with `engines` of the package. */
export const MINIMUM_NODE = '20.19';
