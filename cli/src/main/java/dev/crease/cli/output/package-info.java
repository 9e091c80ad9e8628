/** What is printed and written: numbers and results in words and as JSON, files, progress. */
@NullMarked
package dev.crease.cli.output;

import org.jspecify.annotations.NullMarked;
