/**
 * The {@code crease} command: its entry point, and what puts its parts together.
 *
 * <p>Arrows between the packages below point one way: {@code sweep} asks a {@code question}, which
 * works in a {@code session}, as {@code bench} does, and all print by {@code output}. None of them
 * knows this package.
 */
@NullMarked
package dev.crease.cli;

import org.jspecify.annotations.NullMarked;
