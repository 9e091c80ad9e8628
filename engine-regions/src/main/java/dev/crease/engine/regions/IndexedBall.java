package dev.crease.engine.regions;

import dev.crease.Cancellation;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.regions.BallRegions;
import dev.crease.regions.Match;
import dev.crease.regions.Piece;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.hipparchus.fraction.BigFraction;

/**
 * The leaves of a ball and a tree of their images. An output is compared with the boxes of the
 * images in doubles, which miss nothing, and with the leaves that are left in integers: that alone
 * decides. Where the query's property is proved, the first leaf that has the output will do, since
 * all points with it have one value.
 *
 * <p>In the norms 1 and infinity the leaves are cut off at the border of the ball. In norm 2 they
 * fill the box around it, without those that are beyond; that a point is in the ball is then asked
 * of the point.
 */
final class IndexedBall implements BallRegions {

  private static final int MOST_REGIONS = 200_000;

  /** How many sides the polygon has that stands for the ball of norm 2 where pieces are wanted. */
  private static final int SIDES = 64;

  private final Question question;
  private final double radius;
  private final int m;
  private final Cancellation cancellation;
  private final List<Leaf> leaves;
  private final List<Image> images;
  private final ImageTree tree;
  private final ExactRow[] identity;
  private final Optional<BigFraction> squaredRadius;

  IndexedBall(Question question, double radius, Cancellation cancellation) {
    this.question = question;
    this.radius = radius;
    this.m = question.inputs();
    this.cancellation = cancellation;
    this.squaredRadius =
        question.norm() == Norm.L2
            ? Optional.of(Rationals.fraction(radius).multiply(Rationals.fraction(radius)))
            : Optional.empty();
    this.leaves = leaves(BallCell.of(question, radius));
    this.images = leaves.stream().map(Image::of).toList();
    this.tree = new ImageTree(images, question.f().outputs());
    this.identity = identity();
  }

  private List<Leaf> leaves(Cell window) {
    Distances distances = new Distances(question);
    List<Leaf> found = new ArrayList<>();
    Subdivision subdivision =
        new Subdivision(
            new Stages(question.networks(), question.origin()), question.origin(), cell -> 0);
    boolean complete =
        subdivision.forEach(
            window,
            leaf -> {
              if (squaredRadius.isEmpty() || distances.of(leaf.cell()) <= radius) {
                found.add(leaf);
              }
              return found.size() <= MOST_REGIONS && !cancellation.isCancelled();
            });
    if (found.size() > MOST_REGIONS) {
      throw new Unsupported(
          "the ball of radius "
              + radius
              + " meets more than "
              + MOST_REGIONS
              + " linear regions, which are too many to keep; take a smaller one");
    }
    if (!complete) {
      throw new SolverFailure("interrupted: regions would be missing");
    }
    return List.copyOf(found);
  }

  /** The rows of the map that gives the point itself. */
  private ExactRow[] identity() {
    ExactRow[] rows = new ExactRow[m];
    for (int k = 0; k < m; k++) {
      double at = question.origin()[k];
      int scale = Rationals.scale(at);
      BigInteger[] row = new BigInteger[m + 1];
      Arrays.fill(row, BigInteger.ZERO);
      row[k] = BigInteger.ONE.shiftLeft(scale);
      row[m] = Rationals.scaled(at, scale);
      rows[k] = new ExactRow(row, scale);
    }
    return rows;
  }

  @Override
  public int outputs() {
    return question.f().outputs();
  }

  @Override
  public int values() {
    return question.g().isPresent() ? question.g().get().outputs() : m;
  }

  @Override
  public int count() {
    return leaves.size();
  }

  /** The rows of the value on a leaf. */
  private ExactRow[] valueRows(Leaf leaf) {
    return question.g().isPresent() ? leaf.exactRows(1) : identity;
  }

  private Match match(Leaf leaf, BigInteger[] point) {
    return new Match(
        ExactRow.at(identity, point),
        ExactRow.at(leaf.exactRows(0), point),
        ExactRow.at(valueRows(leaf), point));
  }

  private void check(List<BigFraction> output) {
    if (output.size() != outputs()) {
      throw new IllegalArgumentException(
          "an output of "
              + output.size()
              + " numbers, but "
              + question.f().name()
              + " gives "
              + outputs());
    }
  }

  /** The leaves whose images may hold an output that is off by no more than some noise. */
  private void candidates(List<BigFraction> output, BigFraction noise, IntPredicate visitor) {
    double[] from = new double[outputs()];
    double[] to = new double[outputs()];
    double[] middle = new double[outputs()];
    double[] errors = new double[outputs()];
    for (int i = 0; i < from.length; i++) {
      boolean isSharp = noise.signum() == 0;
      from[i] = down(isSharp ? output.get(i) : output.get(i).subtract(noise));
      to[i] = up(isSharp ? output.get(i) : output.get(i).add(noise));
      middle[i] = from[i] / 2 + to[i] / 2;
      errors[i] = 2 * (Math.max(to[i] - middle[i], middle[i] - from[i]) + Math.ulp(middle[i]));
    }
    Image image = Image.around(middle, errors);
    tree.forEach(from, to, i -> images.get(i).isApartFrom(image) || visitor.test(i));
  }

  @Override
  public Optional<Match> at(List<BigFraction> output) {
    check(output);
    List<Match> found = new ArrayList<>(1);
    candidates(
        output,
        BigFraction.ZERO,
        i -> {
          Leaf leaf = leaves.get(i);
          new Fibre(leaf, squaredRadius, question.bound())
              .point(output)
              .ifPresent(x -> found.add(match(leaf, x)));
          return found.isEmpty();
        });
    return found.stream().findFirst();
  }

  /** The nearest point that is known, and the squared distance of its output. */
  private record Nearest(Leaf leaf, BigInteger[] point, Quotient squared) {}

  @Override
  public Match nearest(List<BigFraction> output) {
    check(output);
    if (squaredRadius.isPresent()) {
      throw new Unsupported(
          "the nearest output is for balls of the norms 1 and inf, not of norm 2");
    }
    double[] from = output.stream().mapToDouble(IndexedBall::down).toArray();
    double[] to = output.stream().mapToDouble(IndexedBall::up).toArray();
    List<Nearest> best = new ArrayList<>(1);
    tree.nearest(
        from,
        to,
        i -> {
          Leaf leaf = leaves.get(i);
          BigInteger[] point = new Fibre(leaf, squaredRadius, question.bound()).nearest(output);
          Nearest found = new Nearest(leaf, point, squared(leaf, point, output));
          if (best.isEmpty()) {
            best.add(found);
          } else if (found.squared.compareTo(best.get(0).squared) < 0) {
            best.set(0, found);
          }
          return best.get(0).squared.up();
        });
    return match(best.get(0).leaf, best.get(0).point);
  }

  /** How far the output at a point is from another, squared. */
  private static Quotient squared(Leaf leaf, BigInteger[] point, List<BigFraction> output) {
    BigInteger[] own = ExactRow.at(leaf.exactRows(0), point);
    BigInteger common = own[own.length - 1];
    for (BigFraction y : output) {
      common = common.multiply(y.getDenominator());
    }
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < output.size(); i++) {
      BigInteger here = own[i].multiply(common.divide(own[own.length - 1]));
      BigInteger there =
          output.get(i).getNumerator().multiply(common.divide(output.get(i).getDenominator()));
      sum = sum.add(here.subtract(there).pow(2));
    }
    return new Quotient(sum, common.pow(2));
  }

  @Override
  public Optional<List<Interval>> range(List<BigFraction> output, BigFraction noise) {
    check(output);
    if (noise.signum() < 0) {
      throw new IllegalArgumentException("noise cannot be negative");
    }
    Ranges ranges = new Ranges(values());
    candidates(
        output,
        noise,
        i -> {
          ranges.add(leaves.get(i), valueRows(leaves.get(i)), output, noise, question.bound());
          return true;
        });
    return ranges.intervals();
  }

  @Override
  public List<Piece> pieces() {
    if (outputs() != 2) {
      throw new Unsupported(
          "pieces are polygons of two outputs, and " + question.f().name() + " has " + outputs());
    }
    if (squaredRadius.isEmpty() || m == 1) {
      return pieces(leaves);
    }
    if (m > 2) {
      throw new Unsupported("pieces of a ball of norm 2 are for up to two inputs; take norm inf");
    }
    return pieces(leaves(InscribedPolygon.of(question.window(radius), radius, SIDES)));
  }

  private List<Piece> pieces(List<Leaf> of) {
    return of.stream().map(leaf -> PieceMaker.piece(leaf, valueRows(leaf))).toList();
  }

  private static double down(BigFraction value) {
    return new Quotient(value.getNumerator(), value.getDenominator()).down();
  }

  private static double up(BigFraction value) {
    return new Quotient(value.getNumerator(), value.getDenominator()).up();
  }
}
