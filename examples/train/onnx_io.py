"""Writing a ReLU network as ONNX, and reading it back independently."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def write(path, layers, name, input_name, output_name, doc):
    """Write float32 (W, b) layers as a chain of Gemm and Relu nodes."""
    nodes, inits = [], []
    cur = input_name
    for k, (w, b) in enumerate(layers, start=1):
        inits.append(numpy_helper.from_array(np.ascontiguousarray(w), f"W{k}"))
        inits.append(numpy_helper.from_array(np.ascontiguousarray(b), f"b{k}"))
        end = k == len(layers)
        out = output_name if end else f"pre{k}"
        nodes.append(helper.make_node("Gemm", [cur, f"W{k}", f"b{k}"], [out],
                                      name=f"gemm{k}", alpha=1.0, beta=1.0,
                                      transA=0, transB=1))
        if not end:
            nodes.append(helper.make_node("Relu", [out], [f"act{k}"],
                                          name=f"relu{k}"))
            cur = f"act{k}"
    n_in, n_out = layers[0][0].shape[1], layers[-1][0].shape[0]
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info(input_name, TensorProto.FLOAT,
                                       ["batch", n_in])],
        [helper.make_tensor_value_info(output_name, TensorProto.FLOAT,
                                       ["batch", n_out])],
        inits, doc_string=doc)
    model = helper.make_model(graph, producer_name="crease-examples",
                              opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    onnx.checker.check_model(model, full_check=True)
    with open(path, "wb") as f:
        f.write(model.SerializeToString(deterministic=True))


def read(path):
    """Load, check, and return the layers found by walking the graph.

    Nothing is shared with ``write``: the chain is followed through the names
    in the file, so a wrong transpose or a swapped tensor would show.
    """
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    g = model.graph
    tensors = {t.name: numpy_helper.to_array(t) for t in g.initializer}
    if any(t.dtype != np.float32 for t in tensors.values()):
        raise ValueError("initialisers must be float32")
    producers = {n.input[0]: n for n in g.node}
    cur, layers = g.input[0].name, []
    relu_before = True
    while cur != g.output[0].name:
        node = producers[cur]
        if node.op_type == "Gemm":
            att = {a.name: helper.get_attribute_value(a)
                   for a in node.attribute}
            if att.get("alpha", 1.0) != 1.0 or att.get("beta", 1.0) != 1.0 \
                    or att.get("transA", 0) or not relu_before:
                raise ValueError("unexpected Gemm " + node.name)
            w = tensors[node.input[1]]
            layers.append((w if att.get("transB", 0) else w.T,
                           tensors[node.input[2]]))
            relu_before = False
        elif node.op_type == "Relu":
            relu_before = True
        else:
            raise ValueError("unexpected node " + node.op_type)
        cur = node.output[0]
    return layers


def forward(layers, points):
    """Values and Jacobian in the states, in float64 numpy."""
    h = np.asarray(points, dtype=np.float64)
    states = layers[-1][0].shape[0]
    tan = np.zeros((len(h), states, h.shape[1]))
    tan[:, range(states), range(states)] = 1.0
    for k, (w, b) in enumerate(layers):
        w = w.astype(np.float64)
        h = h @ w.T + b.astype(np.float64)
        tan = tan @ w.T
        if k < len(layers) - 1:
            on = h > 0
            h = np.where(on, h, 0.0)
            tan = tan * on[:, None, :]
    return h, np.swapaxes(tan, 1, 2)
