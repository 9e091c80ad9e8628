/** What all charts share, whoever draws them: text in SVG and HTML, and round numbers. */
@NullMarked
package dev.crease.plots.chart;

import org.jspecify.annotations.NullMarked;
