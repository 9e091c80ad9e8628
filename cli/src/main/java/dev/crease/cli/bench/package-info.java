/** {@code crease bench}: campaigns of benchmarks, and the page that reports them. */
@NullMarked
package dev.crease.cli.bench;

import org.jspecify.annotations.NullMarked;
