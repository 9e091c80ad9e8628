/**
 * One question: the flags and files that it is put together from, the commands that ask it, and
 * what they say.
 */
@NullMarked
package dev.crease.cli.question;

import org.jspecify.annotations.NullMarked;
