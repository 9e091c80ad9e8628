/** Which certifier answers: by id, by the question, or several in a race. */
@NullMarked
package dev.crease.choose;

import org.jspecify.annotations.NullMarked;
