/** Networks as plain arrays, and sums that know their rounding: what proof trees compute on. */
@NullMarked
package dev.crease.tree.net;

import org.jspecify.annotations.NullMarked;
