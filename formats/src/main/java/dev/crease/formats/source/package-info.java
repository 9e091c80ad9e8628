/**
 * What is read of a file, whatever its format: the network, what became of the operators, and
 * errors that name the file.
 */
@NullMarked
package dev.crease.formats.source;

import org.jspecify.annotations.NullMarked;
