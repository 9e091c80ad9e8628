/** {@code crease sweep}: one question at many centres, in a file that is gone on with. */
@NullMarked
package dev.crease.cli.sweep;

import org.jspecify.annotations.NullMarked;
