/** Where backends unpack the native libraries of their jars. */
@NullMarked
package dev.crease.solver.natives;

import org.jspecify.annotations.NullMarked;
