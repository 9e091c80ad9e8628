package dev.crease.verifier.proof;

import dev.crease.network.Layer;
import dev.crease.network.ReluNetwork;
import java.util.List;

/** A network as arrays; its neurons are counted through all layers. */
public final class Layers {

  public final double[][][] weights;
  public final double[][] bias;
  public final boolean[] relu;

  /** By layer, the number of its first neuron; at the end, of all neurons. */
  public final int[] first;

  public Layers(ReluNetwork network) {
    List<Layer> layers = network.layers();
    weights = new double[layers.size()][][];
    bias = new double[layers.size()][];
    first = new int[layers.size() + 1];
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      weights[k] = new double[layer.outputs()][];
      bias[k] = layer.bias();
      first[k + 1] = first[k] + layer.outputs();
      for (int i = 0; i < layer.outputs(); i++) {
        weights[k][i] = layer.weights().row(i);
      }
    }
    relu = new boolean[neurons()];
    for (int k = 0; k < layers.size(); k++) {
      for (int i = 0; i < bias[k].length; i++) {
        relu[first[k] + i] = layers.get(k).isRelu(i);
      }
    }
  }

  public int depth() {
    return weights.length;
  }

  public int neurons() {
    return first[depth()];
  }

  public int inputs() {
    return weights[0][0].length;
  }

  public int outputs() {
    return bias[depth() - 1].length;
  }
}
