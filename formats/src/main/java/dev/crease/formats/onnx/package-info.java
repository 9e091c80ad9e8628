/**
 * Reads ONNX models: the graph, what each operator computes of affine forms, and what is refused.
 */
@NullMarked
package dev.crease.formats.onnx;

import org.jspecify.annotations.NullMarked;
