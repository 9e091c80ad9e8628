/** Files that long work writes line by line, and goes on with after it was killed. */
@NullMarked
package dev.crease.campaign.journal;

import org.jspecify.annotations.NullMarked;
