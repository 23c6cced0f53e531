/**
 * Stands in for `xmlbuilder2`, which vtk.js would use to read XML meshes: none are read here, and the
 * real package needs Node.
 */
export function create(): never {
  throw new Error('XML meshes are not read');
}
