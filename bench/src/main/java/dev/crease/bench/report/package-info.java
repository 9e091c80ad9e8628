/** Makes a page that people can read of the raw data of a campaign. */
@NullMarked
package dev.crease.bench.report;

import org.jspecify.annotations.NullMarked;
