package dev.crease.certify;

import dev.crease.Rounding;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.JacobianBounds;
import dev.crease.bounds.NetworkBounds;
import dev.crease.bounds.Norm;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import java.util.Arrays;
import java.util.List;

/**
 * Lipschitz constants without linear regions: the upper one by {@linkplain JacobianBounds interval
 * bounds} on how outputs change between two points of the ball, the lower one not at all. The other
 * ends of both brackets are pairs of points that were tried. For networks of any size; how far from
 * the truth the ends are is not known.
 */
public final class LipschitzBound {

  /** The id that such an answer bears. */
  public static final String ID = "intervals";

  private LipschitzBound() {}

  /**
   * The constants on the ball of a question's largest radius.
   *
   * @param why what answers no better, in a line
   */
  public static LipschitzResult of(Query query, CertifyOptions options, String why) {
    Budget budget = Budget.of(options);
    double most = most(query);
    LipschitzSamples samples = new LipschitzSamples(query, budget);
    double least = samples.steepest().map(Secant::least).orElse(0.0);
    double flattest = samples.flattest().map(Secant::most).orElse(Double.POSITIVE_INFINITY);
    return new LipschitzResult(
        query,
        new LipschitzResult.Ends(0, Math.min(flattest, most)),
        new LipschitzResult.Ends(Math.min(least, most), most),
        samples.flattest(),
        samples.steepest(),
        ID,
        "arithmetic rounded outward",
        Assurance.RIGOROUS,
        budget.seconds(),
        budget.over().orElse(StopReason.LIMIT),
        List.of(
            new Note.Remark(why),
            new Note.Remark(
                "L is bounded by intervals, alpha not at all; the inner ends are pairs that were"
                    + " tried")));
  }

  /** No two points of the ball have a larger ratio; infinite where numbers are too large. */
  public static double most(Query query) {
    ReluNetwork f = query.f();
    NetworkBounds bounds = BoundsMethod.symbolic().bounds(f, query.inputs(query.maxRadius()));
    JacobianBounds jacobian = JacobianBounds.of(bounds);
    int last = f.layers().size() - 1;
    List<Integer> inputs = query.freeInputs();
    double[] rows = new double[f.outputs()];
    double[] columns = new double[inputs.size()];
    double square = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < columns.length; k++) {
        int input = inputs.get(k);
        double size =
            Math.max(
                Math.abs(jacobian.postLower(last, i, input)),
                Math.abs(jacobian.postUpper(last, i, input)));
        rows[i] += size;
        columns[k] += size;
        square += size * size;
      }
    }
    double row = Arrays.stream(rows).max().orElse(0);
    double column = Arrays.stream(columns).max().orElse(0);
    double size =
        query.norm() == Norm.LINF
            ? row
            : query.norm() == Norm.L1
                ? column
                : Math.min(Math.sqrt(square), Math.sqrt(row) * Math.sqrt(column));
    double up = size * (1 + Rounding.gamma(rows.length * columns.length + 4)) + Double.MIN_NORMAL;
    return Double.isNaN(up) ? Double.POSITIVE_INFINITY : Math.nextUp(up);
  }
}
