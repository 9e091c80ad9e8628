/**
 * A ReLU network as a value: evaluate it, read its activation pattern and its local affine map,
 * compose it, fix inputs, select outputs.
 *
 * <p>A network is a list of {@link dev.crease.network.Layer layers}; each is an affine map followed
 * by a ReLU on some, all or none of its neurons. Neurons without a ReLU carry values through, which
 * is how residual connections, parameters and concatenations are written without a graph. Weights
 * are the exact real numbers that the doubles stand for: no operation of this package rounds a
 * weight.
 */
@NullMarked
package dev.crease.network;

import org.jspecify.annotations.NullMarked;
