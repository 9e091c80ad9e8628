/**
 * Reads a neural network from a file - ONNX, NNet or plain weights in JSON - as a {@link
 * dev.crease.network.ReluNetwork}; begin with {@link dev.crease.formats.NetworkFiles}. Each format
 * has a room of its own; they write layers with {@code lowering}, and say what they read with
 * {@code source}.
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
 * end. What bends elsewhere is written with ReLUs exactly: {@code max(a, b) = b + max(0, a - b)},
 * and the rest from that.
 *
 * <h2>What is noted</h2>
 *
 * <p>{@link dev.crease.formats.source.ReadNetwork#notes()} has a line for each place where that is
 * not possible or not the whole story:
 *
 * <ul>
 *   <li>{@code Div} by a constant, and input ranges of NNet, when {@code 1/c} is not a double;
 *   <li>{@code BatchNormalization}: the factor {@code scale / sqrt(variance + epsilon)};
 *   <li>averages of a number of cells that is no power of two;
 *   <li>arithmetic between constants whose result is not a double;
 *   <li>half precision, and casts of the input to fewer bits: the run time rounds there;
 *   <li>a first dimension that is a batch of fixed size, read as 1, or that is not a batch; inputs
 *       that the output does not depend on, and several inputs that are read as one;
 *   <li>a last activation that was left out, and what an answer then says of the model;
 *   <li>an operator set that is newer than the newest that is known;
 *   <li>NNet: units, the input bounds in the file, which are not applied, and headers that say more
 *       or less than they should.
 * </ul>
 *
 * <h2>ONNX</h2>
 *
 * <p>Operator sets 6 to 28, each operator by its schemas; of newer ones what is known. One input
 * that the output depends on, of rank 1 or with a leading batch dimension, or several that {@link
 * dev.crease.formats.source.ReadOptions} name; one output, or the one that they name. A leading
 * dimension of a fixed size is a batch, read as 1, where the model does the same with every row,
 * and else part of the features. The axes after the batch are flattened in row-major order. A node
 * with an attribute, an input or an output that its operator does not have is refused. Functions
 * that the model defines are replaced by their nodes. Tensors are float32, float64, float16,
 * bfloat16, whole numbers of 8 to 64 bits or bool, dense or sparse, within the file or in another
 * one in its folder or below. Nodes that the output does not depend on are not looked at, nor are
 * branches that are not taken.
 *
 * <table>
 *   <caption>Supported operators</caption>
 *   <tr><th>Operators</th><th>Where</th></tr>
 *   <tr><td>Gemm, MatMul, Einsum</td><td>all factors but one are constant, or all</td></tr>
 *   <tr><td>Add, Sub, Sum, Mean</td><td>constants and activations, with broadcasting</td></tr>
 *   <tr><td>Mul, Div</td><td>by constants; a constant divided by an activation is refused</td></tr>
 *   <tr><td>Neg, BatchNormalization</td><td>the latter in inference</td></tr>
 *   <tr><td>InstanceNormalization</td><td>of channels of one element</td></tr>
 *   <tr><td>Conv, ConvTranspose</td><td>constant kernels; any rank and all attributes</td></tr>
 *   <tr><td>AveragePool, GlobalAveragePool, MaxPool, GlobalMaxPool</td>
 *       <td>any rank, all attributes; not the indices of MaxPool, if they are used</td></tr>
 *   <tr><td>Relu, LeakyRelu, PRelu, Abs, Clip, HardSigmoid, Shrink</td>
 *       <td>constant slopes and bounds; Shrink where it does not jump</td></tr>
 *   <tr><td>Max, Min, ReduceMax, ReduceMin</td><td>a ReLU for each value but one</td></tr>
 *   <tr><td>ReduceSum, ReduceMean, CumSum</td><td>constant axes</td></tr>
 *   <tr><td>Flatten, Reshape, Squeeze, Unsqueeze, Transpose, Concat, Split, Slice, Gather,
 *       GatherElements, GatherND, Scatter, ScatterElements, ScatterND, Where, Pad, Expand, Tile,
 *       DepthToSpace, SpaceToDepth</td>
 *       <td>constants and activations, any axis; shapes, indices and conditions are constant;
 *       scattering with the reductions none, add, max and min</td></tr>
 *   <tr><td>Resize, Upsample</td><td>to the nearest, where run times cannot differ in it</td></tr>
 *   <tr><td>Constant, ConstantOfShape, Identity, Dropout, Shape, Size, Range</td>
 *       <td>Dropout in inference</td></tr>
 *   <tr><td>Cast, CastLike</td>
 *       <td>between floating-point types the identity on activations, but to half precision on the
 *       input alone; on constants rounding as ONNX says</td></tr>
 *   <tr><td>Equal, Less, LessOrEqual, Greater, GreaterOrEqual, And, Or, Not, Sign, Floor, Ceil, Sqrt,
 *       Reciprocal, Pow, ReduceProd, ReduceL2, DequantizeLinear</td><td>of constants</td></tr>
 *   <tr><td>If, Loop</td>
 *       <td>conditions and trip counts that are known when the file is read: the branch that is
 *       taken, and each trip of the loop, stand in the node's place</td></tr>
 *   <tr><td>Scaler, LinearRegressor of ai.onnx.ml</td><td></td></tr>
 * </table>
 *
 * <p>Everything else is refused with {@link dev.crease.Unsupported} and the reason: functions that
 * are not piecewise linear (Sigmoid, Softmax, LayerNormalization, ...), that jump (ThresholdedRelu,
 * ArgMax, quantised activations, ...) or that are decided when the model runs, products of
 * activations, other operator domains. A Softmax, LogSoftmax, Sigmoid, Tanh, Softplus or Softsign
 * that makes the output can be left out by {@link dev.crease.formats.source.ReadOptions}.
 */
@NullMarked
package dev.crease.formats;

import org.jspecify.annotations.NullMarked;
