package dev.crease.engine.regions;

import dev.crease.bounds.Norm;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.StopReason;
import dev.crease.witness.ExactCollision;
import dev.crease.witness.ExactRadius;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.fraction.BigFraction;

/**
 * The radius of a question: leaves are taken from near to far, and in rounds of twice as many the
 * pairs among them that may collide are asked, nearest first. A pair is not asked when its images
 * are certainly apart, when it is {@linkplain Neighbors neighbours} of one orientation, or when it
 * lies beyond the nearest collision that is known. The answer is final when no leaf is left within
 * it.
 *
 * <p>For local invertibility a leaf of the other orientation, or of none, ends the search at its
 * own distance: the map is not one-to-one on any larger ball (design, section 1.4: fold).
 */
final class RadiusSearch {

  private static final int FIRST_ROUND = 16;
  private static final int LOOK_AT_THE_CLOCK = 32;

  /** How many pairs of tangents stand for the ball of norm 2. */
  private static final int ROUND = 16;

  /** In place of the index of a second leaf: the centre's. */
  private static final int CENTER = -1;

  private final Question question;
  private final CertifyListener listener;
  private final boolean firstCollisionEnds;
  private final Budget budget;
  private final Subdivision subdivision;
  private final Subdivision.BestFirst cells;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private final Neighbors neighbors = new Neighbors();
  private final List<Candidate> open = new ArrayList<>();
  private final double maxRadius;
  private Optional<BigFraction> lower = Optional.empty();
  private Optional<BigFraction> upper = Optional.empty();
  private Optional<ExactCollision> collision = Optional.empty();
  private final Optional<Leaf> centerLeaf;
  private final Distances distances;
  private final double[][] tangents;
  private final double[] nearestOfSign = {
    Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
  };
  private double foldReach = Double.POSITIVE_INFINITY;
  private double reach;
  private double settled;
  private boolean complete;
  private int pairsSolved;
  private long pairsSeen;
  private StopReason stop = StopReason.COMPLETE;

  RadiusSearch(
      Question question,
      CertifyOptions options,
      CertifyListener listener,
      boolean firstCollisionEnds) {
    this.question = question;
    this.budget = Budget.of(options);
    this.listener = listener;
    this.firstCollisionEnds = firstCollisionEnds;
    this.maxRadius = question.query().maxRadius();
    this.reach = maxRadius;
    this.distances = new Distances(question);
    this.tangents = tangents(question.norm());
    this.subdivision =
        new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), distances::of);
    this.cells = subdivision.new BestFirst(question.window(maxRadius));
    boolean isPoint = question.isPinned() && question.shared().isEmpty();
    this.centerLeaf = isPoint ? Optional.of(leafOfCenter()) : Optional.empty();
  }

  /** A leaf that holds the centre; when the centre is on a border any of them. */
  private Leaf leafOfCenter() {
    Subdivision.BestFirst search = subdivision.new BestFirst(question.window(maxRadius));
    while (true) {
      Optional<Leaf> leaf = search.step();
      if (leaf.isPresent() && leaf.get().holdsOrigin()) {
        return leaf.get();
      }
    }
  }

  /** Searches until it is done, or the options stop it. */
  void run() {
    publish();
    int target = FIRST_ROUND;
    int asked = 0;
    while (true) {
      boolean stopped = explore(target);
      boolean done = cells.least() > reach;
      if (!stopped) {
        stopped = !ask(asked, done);
      }
      if (stopped) {
        publish();
        return;
      }
      asked = leaves.size();
      settled = Math.min(cells.least(), maxRadius);
      for (Candidate c : open) {
        settled = Math.min(settled, c.key());
      }
      complete = cells.least() > reach && open.stream().noneMatch(c -> c.key() <= reach);
      if (complete && foldReach < maxRadius && upper.isEmpty()) {
        // Theory says that there is a collision: better no answer than a wrong one.
        stop = StopReason.FAILED;
        complete = false;
        settled = 0;
      }
      publish();
      if (complete || stop == StopReason.FAILED || (firstCollisionEnds && isRefuted())) {
        return;
      }
      target = question.isPinned() ? asked + FIRST_ROUND : 2 * Math.max(target, asked);
    }
  }

  /** Takes leaves until there are so many or none is left within reach; true when stopped. */
  private boolean explore(int target) {
    int steps = 0;
    while (leaves.size() < target && cells.least() <= reach) {
      if (steps++ % LOOK_AT_THE_CLOCK == 0 && isOver()) {
        return true;
      }
      cells.step().ifPresent(this::take);
    }
    return false;
  }

  private void take(Leaf leaf) {
    leaves.add(leaf);
    images.add(Image.of(leaf));
    neighbors.add(leaf);
    if (!question.isPinned() && question.g().isEmpty() && question.isSquare()) {
      int sign = leaf.sign() + 1;
      nearestOfSign[sign] = Math.min(nearestOfSign[sign], distances.atMost(leaf.cell()));
      foldReach = Math.min(nearestOfSign[1], Math.max(nearestOfSign[0], nearestOfSign[2]));
      reach = Math.min(reach, foldReach);
    }
  }

  /** Two leaves that may collide, by index; the distance of neither is less than the key. */
  private record Candidate(int first, int second, double key, Neighbors.Relation relation) {}

  /** Asks the pairs with leaves that are new; false when stopped. */
  private boolean ask(int asked, boolean isLast) {
    List<Candidate> candidates = new ArrayList<>();
    if (question.isPinned()) {
      pinned(asked, candidates);
    } else {
      for (int j = asked; j < leaves.size(); j++) {
        if (!leaves.get(j).isInjective(0)) {
          candidates.add(new Candidate(j, j, leaves.get(j).key(), Neighbors.Relation.UNKNOWN));
        }
      }
      new OverlapGrid(images, question.f().outputs())
          .forEach(
              asked,
              (i, j) -> {
                pairsSeen++;
                double key = Math.max(leaves.get(i).key(), leaves.get(j).key());
                if (key <= reach && !images.get(i).isApartFrom(images.get(j))) {
                  Neighbors.Relation r = neighbors.between(leaves.get(i), leaves.get(j));
                  if (r != Neighbors.Relation.COHERENT) {
                    candidates.add(new Candidate(i, j, key, r));
                  }
                }
              });
      // Leaves that came since may tell of pairs that were open.
      for (Candidate c : open) {
        Neighbors.Relation r = neighbors.between(leaves.get(c.first()), leaves.get(c.second()));
        if (r != Neighbors.Relation.COHERENT) {
          candidates.add(new Candidate(c.first(), c.second(), c.key(), r));
        }
      }
      open.clear();
    }
    candidates.sort(Comparator.comparingDouble(Candidate::key));
    for (Candidate c : candidates) {
      if (c.key() > reach) {
        break;
      }
      if (isOver()) {
        return false;
      }
      if (c.relation() == Neighbors.Relation.OPEN && !isLast) {
        open.add(c);
      } else if (!isBeyond(c)) {
        solve(
            leaves.get(c.first()),
            c.second() == CENTER ? centerLeaf.orElseThrow() : leaves.get(c.second()));
      }
    }
    return true;
  }

  /** Every leaf with each that may hold a second point. */
  private void pinned(int asked, List<Candidate> candidates) {
    if (centerLeaf.isPresent()) {
      double[][] origin = {new double[question.inputs()]};
      Image center = Image.of(centerLeaf.get(), origin, 0);
      for (int i = asked; i < leaves.size(); i++) {
        pairsSeen++;
        if (!images.get(i).isApartFrom(center)) {
          candidates.add(new Candidate(i, CENTER, leaves.get(i).key(), Neighbors.Relation.UNKNOWN));
        }
      }
      return;
    }
    for (int j = 0; j < leaves.size(); j++) {
      if (leaves.get(j).key() > 0) {
        continue;
      }
      for (int i = j < asked ? asked : 0; i < leaves.size(); i++) {
        pairsSeen++;
        if (!images.get(i).isApartFrom(images.get(j))) {
          candidates.add(new Candidate(i, j, leaves.get(i).key(), Neighbors.Relation.UNKNOWN));
        }
      }
    }
  }

  /**
   * Of each pair of parallel tangents that stand for the ball in the plane, the dual unit vector.
   */
  private static double[][] tangents(Norm norm) {
    return switch (norm) {
      case LINF -> new double[][] {{1, 0}, {0, 1}};
      case L1 -> new double[][] {{1, 1}, {1, -1}};
      case L2 -> {
        double[][] all = new double[ROUND][];
        for (int k = 0; k < ROUND; k++) {
          double angle = Math.PI * k / ROUND;
          // A little shorter than the unit, for the rounding.
          all[k] = new double[] {Math.cos(angle) * (1 - 1e-12), Math.sin(angle) * (1 - 1e-12)};
        }
        yield all;
      }
    };
  }

  /** Whether the parts of the leaves that are within reach have images that are apart. */
  private boolean isBeyond(Candidate c) {
    if (question.inputs() != 2 || question.ball().length != 2 || question.isPinned()) {
      return false;
    }
    Optional<Image> first = within(leaves.get(c.first()));
    Optional<Image> second = within(leaves.get(c.second()));
    return first.isEmpty() || second.isEmpty() || first.get().isApartFrom(second.get());
  }

  /** The image of what a polygon has within reach: of its hull, cut by tangents of the ball. */
  private Optional<Image> within(Leaf leaf) {
    Cell cell = leaf.cell();
    int[] around = cell.around();
    double error = 2 * cell.error() + 1e-12 * reach;
    List<double[]> polygon = new ArrayList<>();
    for (int v : around) {
      polygon.add(cell.vertices()[v].x());
    }
    double radius = reach + error;
    for (double[] u : tangents) {
      // Points of the cell are off the hull by the error in each coordinate.
      double far = radius + (Math.abs(u[0]) + Math.abs(u[1])) * error;
      polygon = cut(polygon, u[0], u[1], far);
      polygon = cut(polygon, -u[0], -u[1], far);
    }
    return polygon.isEmpty()
        ? Optional.empty()
        : Optional.of(Image.of(leaf, polygon.toArray(new double[0][]), error));
  }

  /** The part of a polygon with {@code u x <= far}. */
  private static List<double[]> cut(List<double[]> polygon, double u0, double u1, double far) {
    List<double[]> part = new ArrayList<>();
    for (int i = 0; i < polygon.size(); i++) {
      double[] a = polygon.get(i);
      double[] b = polygon.get((i + 1) % polygon.size());
      double da = u0 * a[0] + u1 * a[1] - far;
      double db = u0 * b[0] + u1 * b[1] - far;
      // Negated, so that a NaN keeps the point.
      if (!(da > 0)) {
        part.add(a);
      }
      if (da < 0 != db < 0 && da != 0 && db != 0) {
        double t = da / (da - db);
        part.add(new double[] {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])});
      }
    }
    return part;
  }

  private void solve(Leaf first, Leaf second) {
    pairsSolved++;
    Optional<PairMinimum> found = new PairProblem(question, first, second).solve();
    if (found.isEmpty()) {
      return;
    }
    PairMinimum minimum = found.get();
    if (lower.isEmpty() || minimum.lower().compareTo(lower.get()) < 0) {
      lower = Optional.of(minimum.lower());
    }
    int compared = upper.map(u -> minimum.upper().compareTo(u)).orElse(-1);
    boolean attainsToo =
        compared == 0 && minimum.collision().isAttained() && !collision.orElseThrow().isAttained();
    if (compared < 0 || attainsToo) {
      upper = Optional.of(minimum.upper());
      collision = Optional.of(minimum.collision());
      reach = Math.min(reach, radius().orElseThrow().refuted());
    }
  }

  private boolean isOver() {
    Optional<StopReason> over = budget.over();
    over.ifPresent(why -> stop = why);
    return over.isPresent();
  }

  private void publish() {
    Optional<ExactRadius> radius = within();
    OptionalDouble refuted =
        radius.map(r -> OptionalDouble.of(r.refuted())).orElseGet(OptionalDouble::empty);
    listener.progress(
        new CertifyListener.Bracket(
            certified(), refuted, Double.POSITIVE_INFINITY, leaves.size(), budget.elapsed()));
  }

  /** Where the nearest collision lies, as far as pairs were asked. */
  private Optional<ExactRadius> radius() {
    return upper.map(u -> new ExactRadius(lower.orElseThrow(), u, question.norm() == Norm.L2));
  }

  /** The same when collisions are within what was asked about. */
  private Optional<ExactRadius> within() {
    BigFraction most = Rationals.fraction(maxRadius);
    BigFraction bound = question.norm() == Norm.L2 ? most.multiply(most) : most;
    return radius()
        .filter(
            r -> {
              int compared = r.upper().compareTo(bound);
              return compared < 0 || (compared == 0 && collision.orElseThrow().isAttained());
            });
  }

  /** Whether a collision within what was asked about is known. */
  boolean isRefuted() {
    return within().isPresent();
  }

  /** The result: where the radius lies, when collisions are known. */
  Optional<ExactRadius> exact() {
    return within()
        .map(
            r -> {
              if (complete) {
                return r;
              }
              BigFraction known = Rationals.fraction(certified());
              BigFraction least = r.squared() ? known.multiply(known) : known;
              return new ExactRadius(
                  least.compareTo(r.lower()) < 0 ? least : r.lower(), r.upper(), r.squared());
            });
  }

  Optional<ExactCollision> collision() {
    return within().isPresent() ? collision : Optional.empty();
  }

  /** No collision has both points within this distance. */
  double certified() {
    double known = radius().map(ExactRadius::certified).orElse(maxRadius);
    if (!complete) {
      return Math.max(0, Math.min(known, Math.nextDown(settled)));
    }
    // At the largest radius itself the norm 2 may leave open whether a collision is attained.
    boolean open = question.norm() == Norm.L2 && known < maxRadius;
    return isRefuted() || open ? Math.min(known, maxRadius) : maxRadius;
  }

  StopReason stop() {
    return stop;
  }

  /** The leaves that were taken: all that meet the inside of the certified ball, and more. */
  List<Leaf> leaves() {
    return leaves;
  }

  int regions() {
    return leaves.size();
  }

  int pairsSolved() {
    return pairsSolved;
  }

  long pairsSeen() {
    return pairsSeen;
  }

  Subdivision subdivision() {
    return subdivision;
  }
}
