package dev.crease.encoding;

import dev.crease.bounds.NetworkBounds;
import dev.crease.model.LinearExpression;
import dev.crease.model.Model;
import dev.crease.model.Variable;
import dev.crease.network.Layer;
import java.util.List;

/**
 * Valid inequalities between two copies of one network at points that are {@code w} apart in
 * L-infinity. For each unstable neuron {@code dy = lambda dz} with {@code lambda} in [0, 1], since
 * a ReLU is monotone and 1-Lipschitz, and {@code |dz| <= L w} with {@code L} from interval bounds
 * of the Jacobian; hence {@code |dy - dz / 2| <= L w / 2}. Where both copies are active {@code dy =
 * dz}, where both are inactive {@code dy = 0}. These hold for every pair of points of the ball, so
 * they cut off no collision; they make the relaxation tight when the points are close.
 */
public final class DifferenceLinks {

  private DifferenceLinks() {}

  /**
   * Adds the inequalities.
   *
   * @param model where to add
   * @param bounds of the network over a convex set that holds both points
   * @param varies whether each input may differ between the points
   * @param first one copy
   * @param second the other copy, encoded with the same bounds
   * @param w a variable that is not below the L-infinity distance of the points; its upper bound is
   *     finite
   */
  public static void add(
      Model.Builder model,
      NetworkBounds bounds,
      boolean[] varies,
      EncodedNetwork first,
      EncodedNetwork second,
      Variable w) {
    double[][] lipschitz = lipschitz(bounds, varies);
    List<EncodedNetwork.Neuron> left = first.neurons();
    for (int n = 0; n < left.size(); n++) {
      EncodedNetwork.Neuron a = left.get(n);
      EncodedNetwork.Neuron b = second.neurons().get(n);
      double l = lipschitz[a.layer()][a.index()];
      String name = "link_" + a.layer() + "_" + a.index();
      LinearExpression dz = LinearExpression.of(a.z()).minus(LinearExpression.of(b.z()));
      LinearExpression dy = LinearExpression.of(a.y()).minus(LinearExpression.of(b.y()));
      LinearExpression half = LinearExpression.term(l / 2, w);
      LinearExpression off = dy.minus(dz.times(0.5));
      model.atMost(name + ".up", off.minus(half), 0);
      model.atLeast(name + ".lo", off.plus(half), 0);
      if (a.t().isPresent() && b.t().isPresent()) {
        double most = Math.nextUp(l * w.upper());
        LinearExpression active =
            LinearExpression.term(most, a.t().get()).plus(LinearExpression.term(most, b.t().get()));
        model.atMost(name + ".on.up", dy.minus(dz).plus(active), 2 * most);
        model.atLeast(name + ".on.lo", dy.minus(dz).minus(active), -2 * most);
        model.atMost(name + ".off.up", dy.minus(active), 0);
        model.atLeast(name + ".off.lo", dy.plus(active), 0);
      }
    }
  }

  /** For each neuron a bound on {@code |dz| / ||dx||_inf}, not below the truth. */
  private static double[][] lipschitz(NetworkBounds bounds, boolean[] varies) {
    List<Layer> layers = bounds.network().layers();
    int m = varies.length;
    double[][] result = new double[layers.size()][];
    double[][] low = new double[m][m];
    double[][] high = new double[m][m];
    for (int i = 0; i < m; i++) {
      low[i][i] = varies[i] ? 1 : 0;
      high[i][i] = low[i][i];
    }
    for (int k = 0; k < layers.size(); k++) {
      Layer layer = layers.get(k);
      double[][] nextLow = new double[layer.outputs()][m];
      double[][] nextHigh = new double[layer.outputs()][m];
      result[k] = new double[layer.outputs()];
      // Wider than the rounding of sums of this length.
      double slack = (layer.inputs() + 4) * 0x1p-50;
      for (int i = 0; i < layer.outputs(); i++) {
        double sum = 0;
        for (int j = 0; j < m; j++) {
          double lo = 0;
          double hi = 0;
          double magnitude = 0;
          for (int t = 0; t < layer.inputs(); t++) {
            double weight = layer.weights().get(i, t);
            double atLow = weight * low[t][j];
            double atHigh = weight * high[t][j];
            lo += Math.min(atLow, atHigh);
            hi += Math.max(atLow, atHigh);
            magnitude += Math.max(Math.abs(atLow), Math.abs(atHigh));
          }
          lo -= slack * magnitude;
          hi += slack * magnitude;
          sum += Math.max(Math.abs(lo), Math.abs(hi));
          boolean isRelu = layer.isRelu(i);
          boolean maybeOff = isRelu && !(bounds.lower(k, i) >= 0);
          boolean maybeOn = !isRelu || bounds.upper(k, i) > 0;
          nextLow[i][j] = maybeOn ? (maybeOff ? Math.min(0, lo) : lo) : 0;
          nextHigh[i][j] = maybeOn ? (maybeOff ? Math.max(0, hi) : hi) : 0;
        }
        result[k][i] = Math.nextUp(sum * (1 + m * 0x1p-50));
      }
      low = nextLow;
      high = nextHigh;
    }
    return result;
  }
}
