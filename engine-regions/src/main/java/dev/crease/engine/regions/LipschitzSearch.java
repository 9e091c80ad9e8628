package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzBound;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Secant;
import dev.crease.certify.StopReason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * The Lipschitz constants on the ball of a question's largest radius. The upper one is the largest
 * operator norm of a region's map.
 *
 * <p>For the lower one let {@code mu} be the least {@code ||A d|| / ||d||} of a region, and f be
 * square. If the determinants have one nonzero sign and f is one-to-one on the border of the ball,
 * f is a homeomorphism of the ball K to {@code f(K)} (design, section 1.4). The segment between two
 * outputs then consists of parts within {@code f(K)}, each the image of a path that is at most
 * {@code 1 / mu} times as long, and of gaps, which begin and end at images of the border. So the
 * constant is the smaller of mu and of the least ratio of two points of the border: pairs of the
 * regions at the border are enough. With more outputs than inputs all pairs of regions are asked.
 *
 * <p>A pair is not asked when the boxes of its images are far enough apart for the diameter of the
 * boxes of its regions, or when all Jacobians in the box around both are so alike that none of
 * their averages, of which the secant is one, may stretch less. {@link PairRatio} decides the
 * others exactly.
 */
final class LipschitzSearch {

  private static final int MOST_REGIONS = 200_000;

  /** A ratio below this part of the largest is not told from 0 in norm 2. */
  private static final double VANISHING = 1e-6;

  /** So many regions are tried for a pair that shows a constant. */
  private static final int TRIED = 24;

  /** Parts of the least ratio that is known, below which in turn none is proved to be. */
  private static final double[] PARTS = {0.25, 1 - 0x1p-9};

  /** With no more pairs than these the last part is {@link #NEARLY}. */
  private static final int FEW = 2000;

  private static final double NEARLY = 1 - 0x1p-30;

  /** Room for the rounding of a few operations. */
  private static final double SLACK = 1 + 1e-12;

  private final Question question;
  private final Norm norm;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final Budget budget;
  private final Distances distances;
  private final Stretch stretch;
  private final Secants secants;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<LeafTree.Piece> pieces = new ArrayList<>();
  private Optional<Secant> flattest = Optional.empty();
  private Optional<Secant> steepest = Optional.empty();
  private double alphaLeast;
  private double alphaMost = Double.POSITIVE_INFINITY;
  private double upperLeast;
  private double upperMost = Double.POSITIVE_INFINITY;
  private int solved;
  private StopReason stop = StopReason.COMPLETE;

  LipschitzSearch(Question question, CertifyOptions options, CertifyListener listener) {
    this.question = question;
    this.norm = question.norm();
    this.options = options;
    this.listener = listener;
    this.budget = Budget.of(options);
    this.distances = new Distances(question);
    this.stretch = new Stretch(norm);
    this.secants = new Secants(question);
  }

  /** Searches until it is done, or the options stop it. */
  void run() {
    boolean isComplete = explore();
    upperMost = LipschitzBound.most(question.query());
    if (!isComplete) {
      return;
    }
    double mu = regions();
    int outputs = question.query().f().outputs();
    if (outputs < question.ball().length) {
      alphaMost = 0;
    } else if (outputs > question.ball().length) {
      if (leaves.stream().anyMatch(leaf -> !isInjective(leaf))) {
        alphaMost = 0;
      } else {
        pairs(Double.POSITIVE_INFINITY, leaves.size());
      }
    } else {
      square(mu);
    }
  }

  /** Takes all leaves of the ball; false when stopped. */
  private boolean explore() {
    double radius = question.query().maxRadius();
    Subdivision subdivision =
        new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), cell -> 0);
    boolean isComplete =
        subdivision.forEach(
            BallCell.of(question, radius),
            leaf -> {
              if (norm != Norm.L2 || !isOutside(leaf)) {
                pieces.add(LeafTree.Piece.of(question, leaf, leaves.size()));
                leaves.add(leaf);
              }
              return leaves.size() <= MOST_REGIONS && !isOver();
            });
    if (!isComplete && stop == StopReason.COMPLETE) {
      stop = StopReason.LIMIT;
    }
    return isComplete;
  }

  private boolean isOutside(Leaf leaf) {
    return distances.of(leaf.cell()) > question.query().maxRadius()
        || new NearestPoint(question, leaf.cell()).isOutside();
  }

  /** The norms of the regions' maps; gives the least that one of them stretches. */
  private double regions() {
    LeafMaps maps = new LeafMaps(question, stretch);
    double[] most = new double[pieces.size()];
    double[] least = new double[pieces.size()];
    double largest = 0;
    double mu = Double.POSITIVE_INFINITY;
    for (int i = 0; i < most.length; i++) {
      LeafTree.Piece piece = pieces.get(i);
      most[i] = stretch.most(piece.jacobian(), piece.errors());
      least[i] = maps.least(leaves.get(i), piece.matrix(), most[i]);
      largest = Math.max(largest, most[i]);
      mu = Math.min(mu, least[i]);
    }
    upperMost = Math.min(upperMost, largest);
    for (LeafTree.Piece piece : first(p -> -most[p.index()])) {
      secants
          .within(leaves.get(piece.index()), stretch.steepest(piece.jacobian()))
          .filter(s -> s.least() > upperLeast)
          .ifPresent(
              s -> {
                steepest = Optional.of(s);
                upperLeast = s.least();
              });
      if (upperLeast >= upperMost * (1 - 1e-9)) {
        break;
      }
    }
    if (upperLeast == 0 && maps.areConstant(leaves)) {
      upperMost = 0;
    }
    for (LeafTree.Piece piece : first(p -> least[p.index()])) {
      secants
          .within(leaves.get(piece.index()), stretch.flattest(piece.jacobian()))
          .ifPresent(this::offer);
      if (alphaMost <= mu * (1 + 1e-9)) {
        break;
      }
    }
    alphaMost = Math.min(alphaMost, upperMost);
    return mu;
  }

  private List<LeafTree.Piece> first(ToDoubleFunction<LeafTree.Piece> key) {
    return pieces.stream().sorted(Comparator.comparingDouble(key)).limit(TRIED).toList();
  }

  private void offer(Secant secant) {
    if (secant.most() < alphaMost) {
      alphaMost = secant.most();
      flattest = Optional.of(secant);
    }
  }

  /** Whether a leaf of the ball may be one-to-one. */
  private boolean isInjective(Leaf leaf) {
    return leaf.isInjective(0) || (norm == Norm.L2 && !secants.isWithin(leaf));
  }

  private void square(double mu) {
    boolean isPlus = false;
    boolean isMinus = false;
    boolean isZero = false;
    boolean isSure = true;
    for (Leaf leaf : leaves) {
      // In norm 2 a leaf that may only touch the ball tells nothing.
      boolean isIn = norm != Norm.L2 || secants.isWithin(leaf);
      int sign = leaf.sign();
      isPlus |= isIn && sign > 0;
      isMinus |= isIn && sign < 0;
      isZero |= isIn && sign == 0;
      isSure &= isIn;
    }
    if (isZero || (isPlus && isMinus)) {
      if (!isZero) {
        new FoldPair(question, secants).among(leaves, pieces).ifPresent(this::offer);
      }
      alphaMost = 0;
      return;
    }
    if (!isSure) {
      int sign = isPlus ? 1 : -1;
      if (leaves.stream().anyMatch(leaf -> leaf.sign() != sign)) {
        // Whether a leaf of another sign meets the ball is open.
        stop = StopReason.LIMIT;
        return;
      }
    }
    if (question.ball().length == 1) {
      // On a line the image is an interval: there are no gaps.
      alphaLeast = mu;
      return;
    }
    pairs(mu, 0);
  }

  /**
   * Asks pairs, of the border or of all leaves.
   *
   * @param mu no pair of one leaf has a smaller ratio, or infinite where they are asked too
   */
  private void pairs(double mu, int all) {
    List<LeafTree.Piece> asked =
        all > 0 ? pieces : pieces.stream().filter(p -> isAtBorder(p.index())).toList();
    new BorderSamples(question, secants, asked.stream().map(p -> leaves.get(p.index())).toList())
        .best()
        .ifPresent(this::offer);
    RatioPairs ratioPairs =
        new RatioPairs(question, stretch, new LeafTree(pieces), new LeafTree(asked));
    BigInteger box = BigInteger.ONE.shiftLeft(2 + Math.max(0, exponent()));
    // In norm 2 cones of directions would have to be as narrow as the last part is near to 1.
    int passes = norm == Norm.L2 ? PARTS.length : PARTS.length + 1;
    for (int pass = 0; pass < passes && alphaMost > 0; pass++) {
      double part = pass < PARTS.length ? PARTS[pass] : NEARLY;
      Optional<List<RatioPairs.Pair>> open =
          ratioPairs.below(alphaMost * part, all > 0, budget::isOver);
      if (open.isEmpty() || isOver()) {
        isOver();
        return;
      }
      if (pass >= PARTS.length && open.get().size() > FEW) {
        return;
      }
      double floor = Double.POSITIVE_INFINITY;
      for (RatioPairs.Pair pair : open.get()) {
        if (isOver()) {
          return;
        }
        floor = Math.min(floor, ask(pair, part, box));
        if (alphaMost == 0) {
          return;
        }
        if (floor == 0 && norm == Norm.L2) {
          collide();
          return;
        }
      }
      alphaLeast = Math.max(alphaLeast, Math.min(mu, Math.min(floor, alphaMost * part)));
      alphaLeast = Math.min(alphaLeast, alphaMost);
      publish();
    }
  }

  /** In norm 2, where pairs are not exact: whether two points of the ball have one output. */
  private void collide() {
    CertifyOptions.Builder rest = options.toBuilder();
    budget.remaining().ifPresent(rest::timeLimit);
    RadiusSearch search = new RadiusSearch(question, rest.build(), CertifyListener.none(), true);
    search.run();
    if (search.collision().isPresent()) {
      alphaMost = 0;
    }
    isOver();
  }

  /** The exponent of a power of two that no two outputs on the ball are apart. */
  private int exponent() {
    double most = 2 * upperMost * question.query().maxRadius();
    return Double.isInfinite(most) ? Double.MAX_EXPONENT : Math.getExponent(most) + 1;
  }

  private boolean isAtBorder(int index) {
    Cell cell = leaves.get(index).cell();
    if (norm != Norm.L2) {
      for (Hyperplane facet : cell.facets()) {
        if (facet.label() == Hyperplane.WINDOW) {
          return true;
        }
      }
      return false;
    }
    double far = 0;
    for (Vertex v : cell.vertices()) {
      double[] x = new double[question.ball().length];
      for (int k = 0; k < x.length; k++) {
        x[k] = Math.abs(v.x(question.ball()[k])) + v.error();
      }
      far = Math.max(far, norm.of(x));
    }
    return far * SLACK >= question.query().maxRadius();
  }

  /** Asks a pair until no ratio is below the part of the least that is known; gives what holds. */
  private double ask(RatioPairs.Pair pair, double part, BigInteger box) {
    double below = alphaMost * part;
    double[] low = new double[question.ball().length];
    double[] high = new double[low.length];
    pair.differences(question, low, high);
    while (below > vanishing()) {
      solved++;
      PairRatio.Answer answer =
          new PairRatio(
                  question,
                  secants,
                  leaves.get(pair.first().index()),
                  leaves.get(pair.second().index()),
                  box)
              .below(below, low, high);
      switch (answer.outcome()) {
        case PROVED -> {
          return below;
        }
        case BELOW -> {
          answer.secant().ifPresent(this::offer);
          below = alphaMost * part;
        }
        case OPEN -> below = lower(below);
      }
      if (isOver()) {
        return 0;
      }
    }
    return 0;
  }

  /** What to try after a ratio that was neither proved nor refuted: less and less of the least. */
  private double lower(double below) {
    double missing = 1 - below / alphaMost;
    return missing < 0.5
        ? alphaMost * (1 - 2 * missing)
        : below < alphaMost * 0x1p-20 ? 0 : below / 2;
  }

  /** A ratio that is not told from 0: in norm 2 a pair is never known exactly. */
  private double vanishing() {
    return norm == Norm.L2 ? VANISHING * upperMost : 0;
  }

  private void publish() {
    listener.progress(
        new CertifyListener.Bracket(
            alphaLeast,
            OptionalDouble.of(alphaMost),
            Double.POSITIVE_INFINITY,
            solved,
            budget.elapsed()));
  }

  private boolean isOver() {
    Optional<StopReason> over = budget.over();
    over.ifPresent(why -> stop = why);
    return over.isPresent();
  }

  LipschitzResult.Ends alpha() {
    double most = Math.min(alphaMost, upperMost);
    return new LipschitzResult.Ends(Math.min(alphaLeast, most), most);
  }

  LipschitzResult.Ends upper() {
    return new LipschitzResult.Ends(Math.min(upperLeast, upperMost), upperMost);
  }

  Optional<Secant> flattest() {
    return flattest;
  }

  Optional<Secant> steepest() {
    return steepest;
  }

  int regionCount() {
    return leaves.size();
  }

  int solved() {
    return solved;
  }

  StopReason stop() {
    return stop;
  }

  double seconds() {
    return budget.seconds();
  }
}
