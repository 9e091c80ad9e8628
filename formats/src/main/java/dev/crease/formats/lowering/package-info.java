/**
 * Writes what a file computes as layers, exactly: affine forms of neurons that grow as the file is
 * read, and the layers that they make.
 */
@NullMarked
package dev.crease.formats.lowering;

import org.jspecify.annotations.NullMarked;
