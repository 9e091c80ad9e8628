/** Reads NNet files, the text format of the ACAS Xu networks. */
@NullMarked
package dev.crease.formats.nnet;

import org.jspecify.annotations.NullMarked;
