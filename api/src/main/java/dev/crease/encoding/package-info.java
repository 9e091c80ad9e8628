/**
 * Networks, norm balls and separations as constraints of a mixed-integer model. One encoding a
 * file, each with its formula, its source and what it needs.
 */
@NullMarked
package dev.crease.encoding;

import org.jspecify.annotations.NullMarked;
