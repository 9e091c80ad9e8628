/** The errors that every part of Crease raises; each message says what, where and what to do. */
@NullMarked
package dev.crease;

import org.jspecify.annotations.NullMarked;
