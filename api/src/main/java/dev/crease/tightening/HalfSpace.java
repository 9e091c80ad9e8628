package dev.crease.tightening;

/**
 * {@code normal . x <= bound} for the inputs of a network.
 *
 * @param normal one entry per input; do not modify
 * @param bound rounded up from the exact one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HalfSpace(double[] normal, double bound) {}
