/** Reads plain weights in JSON. */
@NullMarked
package dev.crease.formats.weights;

import org.jspecify.annotations.NullMarked;
