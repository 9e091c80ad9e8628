/** The {@code crease} command: reads flags and files, asks, prints. */
@NullMarked
package dev.crease.cli;

import org.jspecify.annotations.NullMarked;
