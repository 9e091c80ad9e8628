package dev.crease.verifier;

import dev.crease.network.ReluNetwork;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.tree.Scribe;
import dev.crease.verifier.tree.TreeCheck;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * What a certificate file says; nothing of it is checked yet but its form. Without a largest radius
 * it is about the whole space. A tree is not even read: it may be larger than the memory, and is
 * read from the file while it is checked, once.
 */
public final class Certificate {

  final String problem;
  final String norm;
  final List<BigFraction> center;
  final Optional<List<Double>> scale;
  final Optional<List<Bounds>> domain;
  final Optional<Noise> noise;
  final Optional<BigFraction> maxRadius;
  final Map<Integer, Bounds> shared;
  final Network network;
  final Optional<Network> other;
  final Preparation preparation;
  final Optional<Lower> lower;
  final Optional<Whole> whole;
  final Optional<Upper> upper;
  final long bytes;

  Certificate(
      String problem,
      String norm,
      List<BigFraction> center,
      Optional<List<Double>> scale,
      Optional<List<Bounds>> domain,
      Optional<Noise> noise,
      Optional<BigFraction> maxRadius,
      Map<Integer, Bounds> shared,
      Network network,
      Optional<Network> other,
      Preparation preparation,
      Optional<Lower> lower,
      Optional<Whole> whole,
      Optional<Upper> upper,
      long bytes) {
    this.problem = problem;
    this.norm = norm;
    this.center = center;
    this.scale = scale;
    this.domain = domain;
    this.noise = noise;
    this.maxRadius = maxRadius;
    this.shared = shared;
    this.network = network;
    this.other = other;
    this.preparation = preparation;
    this.lower = lower;
    this.whole = whole;
    this.upper = upper;
    this.bytes = bytes;
  }

  /**
   * Reads a certificate file, up to the tree if it has one.
   *
   * @param in to be left open until the certificate is verified
   * @throws dev.crease.BadInput if it is not one; the message says in one line what is wrong where
   */
  public static Certificate read(InputStream in) {
    return CertificateReader.read(in);
  }

  /** The centre among the points of the question: 0 where these count from it. */
  List<BigFraction> origin() {
    return scale.isPresent() ? center.stream().map(c -> BigFraction.ZERO).toList() : center;
  }

  /** A side of the domain among the points of the question; the centre has this place. */
  Bounds side(int place) {
    Bounds side = domain.orElseThrow().get(place);
    if (scale.isEmpty()) {
      return side;
    }
    BigFraction c = center.get(place);
    BigFraction s = Numbers.fraction(scale.get().get(place));
    return new Bounds(side.lower().subtract(c).divide(s), side.upper().subtract(c).divide(s));
  }

  /** Whether it is about a second network, which is to be determined. */
  public boolean hasOther() {
    return problem.equals("transformation");
  }

  /** Whether it claims a certified radius, or the whole space. */
  public boolean hasLower() {
    return lower.isPresent() || whole.isPresent();
  }

  /** Why it cannot be written as VIPR, in a few words, if so. */
  public Optional<String> whyNoVipr() {
    if (lower.isEmpty() || !(lower.get() instanceof Tree)) {
      return Optional.of("only proof trees are written as VIPR, and this certificate has none");
    }
    if (noise.isPresent() || domain.isPresent()) {
      return Optional.of("there is no form for noise or a domain around a centre in VIPR");
    }
    return norm.equals("2")
        ? Optional.of("VIPR is linear, and a ball of norm 2 is not; ask in norm 1 or inf")
        : Optional.empty();
  }

  /** Outputs that differ by {@code eps} at most are to mean states within a distance. */
  record Noise(BigFraction eps, BigFraction within) {}

  /** An interval of a shared input, or a side of the domain. */
  record Bounds(BigFraction lower, BigFraction upper) {}

  /** Which network is meant, after preparation. */
  record Network(String name, String shape, String sha256) {}

  /** The lower end. */
  sealed interface Lower {
    BigFraction radius();
  }

  /** A lower end with the mesh that proves it; vertices in homogeneous coordinates. */
  record Covered(BigFraction radius, List<BigInteger[]> vertices, List<int[]> simplices)
      implements Lower {}

  /** A lower end with the tree that proves it over a ball, which is still to be read. */
  record Tree(BigFraction radius, double ball, Source source) implements Lower {}

  /** Where a tree comes from. */
  interface Source {

    /**
     * Reads and checks the tree, to the end of the file; once.
     *
     * @throws dev.crease.BadInput if it is not written as a tree is
     * @throws dev.crease.verifier.tree.NotProved if it does not prove the claim
     */
    TreeCheck.Result check(
        ReluNetwork f, Ball ball, double claim, TreeCheck.Progress progress, Scribe.Maker scribes);
  }

  /**
   * A claim about the whole space, with the tree that proves it, which is still to be read.
   *
   * @param point whose image has one preimage
   */
  record Whole(List<BigFraction> point, CellSource source) {}

  /** Where the tree of a claim about the whole space comes from. */
  interface CellSource {

    /**
     * Reads and checks it, to the end of the file; once.
     *
     * @param point in homogeneous coordinates
     * @return how many cells there are
     * @throws dev.crease.BadInput if it is not written as such a tree is
     */
    long check(ReluNetwork f, BigInteger[] point, Effort effort);
  }

  /** A lower end that rests on what the text names. */
  record Trusted(BigFraction radius, String on) implements Lower {}

  /** The upper end; its radius is squared for the norm 2. */
  record Upper(
      BigFraction radius,
      List<BigFraction> p,
      List<BigFraction> pPrime,
      List<BigFraction> u,
      List<BigFraction> uPrime) {}
}
