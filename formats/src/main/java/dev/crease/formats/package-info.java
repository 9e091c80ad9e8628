/**
 * Reads a neural network from a file - ONNX, NNet or plain weights in JSON - as a {@link
 * dev.crease.network.ReluNetwork}; begin with {@link dev.crease.formats.NetworkFiles}.
 *
 * <h2>What is exact</h2>
 *
 * <p>A network is read as the function of the exact real numbers that its file holds; float32 and
 * float16 weights are doubles without rounding, and a decimal in a text format stands for the
 * double nearest to it. Weight matrices are not multiplied together. Two steps of a file share a
 * layer only where every merged weight and bias is a double, which is tested, not assumed: a bias
 * added after a product, a ReLU, a permutation or selection of values, a factor that is a power of
 * two. Otherwise each step is a layer without ReLUs of its own. Values that a later node still
 * needs - residual connections, concatenations - pass the layers between as rows of one weight 1. A
 * plain multilayer perceptron gives one layer with ReLUs per hidden layer and a linear one at the
 * end.
 *
 * <h2>What is noted</h2>
 *
 * <p>{@link dev.crease.formats.ReadNetwork#notes()} has a line for each place where that is not
 * possible or not the whole story:
 *
 * <ul>
 *   <li>{@code Div} by a constant, and input ranges of NNet, when {@code 1/c} is not a double;
 *   <li>{@code BatchNormalization}: the factor {@code scale / sqrt(variance + epsilon)};
 *   <li>arithmetic between constants whose result is not a double;
 *   <li>half precision, and casts to fewer bits: the run time rounds there;
 *   <li>a first dimension that is not a batch, and inputs that the output does not depend on;
 *   <li>NNet: units, the input bounds in the file, which are not applied, and headers that say more
 *       or less than they should.
 * </ul>
 *
 * <h2>ONNX</h2>
 *
 * <p>Operator sets 7 to 25; one input that the output depends on, of rank 1 or with a leading batch
 * dimension that is 1 or open; one output. A leading dimension of another size is part of the
 * features where an output depends on several of its rows, and else a batch, which is refused. The
 * graph is read at batch size 1, and the axes after it are flattened in row-major order. A node
 * with an attribute, an input or an output that its operator does not have is refused. Tensors are
 * float32, float64, float16, bfloat16, int64, int32 or bool, within the file. Nodes that the output
 * does not depend on are not looked at.
 *
 * <table>
 *   <caption>Supported operators</caption>
 *   <tr><th>Operators</th><th>Where</th></tr>
 *   <tr><td>Gemm, MatMul</td><td>a factor is constant, or both; all attributes; either side; any
 *       rank</td></tr>
 *   <tr><td>Add, Sub, Sum</td><td>constants and activations (residuals), with broadcasting</td></tr>
 *   <tr><td>Mul, Div</td><td>by constants; a constant divided by an activation is refused</td></tr>
 *   <tr><td>Neg, BatchNormalization</td><td>the latter in inference</td></tr>
 *   <tr><td>Relu, Max, Clip</td>
 *       <td>Max and Clip only where they are a Relu: Max(x, 0), Clip with bounds 0 and none</td></tr>
 *   <tr><td>Flatten, Reshape, Squeeze, Unsqueeze, Transpose, Concat, Split, Slice, Gather</td>
 *       <td>constants and activations, any axis; shapes and indices are constant</td></tr>
 *   <tr><td>Constant, Identity, Dropout, Shape</td><td>Dropout in inference</td></tr>
 *   <tr><td>Cast</td>
 *       <td>between floating-point types the identity on activations; on constants to float32,
 *       float64, int32 and int64, rounding as ONNX says</td></tr>
 * </table>
 *
 * <p>Everything else is refused with {@link dev.crease.Unsupported}: convolutions, pooling, other
 * activations (LeakyRelu, Sigmoid, ...), products of activations, external and sparse tensors,
 * quantised types, other operator domains.
 */
@NullMarked
package dev.crease.formats;

import org.jspecify.annotations.NullMarked;
