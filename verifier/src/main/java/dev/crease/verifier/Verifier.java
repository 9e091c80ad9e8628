package dev.crease.verifier;

import dev.crease.Unsupported;
import dev.crease.network.NetworkHash;
import dev.crease.network.ReluNetwork;
import dev.crease.verifier.Certificate.Bounds;
import dev.crease.verifier.Certificate.Covered;
import dev.crease.verifier.Certificate.Lower;
import dev.crease.verifier.Certificate.Trusted;
import dev.crease.verifier.Certificate.Upper;
import dev.crease.verifier.PairCheck.Piece;
import dev.crease.verifier.Subject.Vertex;
import dev.crease.verifier.Verification.Finding;
import dev.crease.verifier.proof.Ball;
import dev.crease.verifier.proof.Layers;
import dev.crease.verifier.tree.NotProved;
import dev.crease.verifier.tree.Scribe;
import dev.crease.verifier.tree.TreeCheck;
import dev.crease.verifier.vipr.Vipr;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;

/** Checks certificates. The package says what is proved, and how. */
public final class Verifier {

  private static final int MOST_INPUTS = 6;

  private final Certificate certificate;
  private final Effort effort;
  private final Optional<Path> vipr;
  private final ReluNetwork f;
  private final Subject subject;
  private final int inputs;
  private final int outputs;
  private final String names;

  private Verifier(
      Certificate certificate,
      ReluNetwork f,
      Optional<ReluNetwork> g,
      Monitor monitor,
      Optional<Path> vipr) {
    this.certificate = certificate;
    this.effort = new Effort(monitor, certificate.bytes);
    this.vipr = vipr;
    this.f = f;
    this.subject = new Subject(f, g);
    this.inputs = f.inputs();
    this.outputs = f.outputs();
    this.names = f.name() + g.map(network -> " to " + network.name()).orElse("");
  }

  /**
   * Checks a certificate.
   *
   * @param network as its file says; the preparation that the certificate names is applied to it
   * @param other likewise, the network that is to be determined
   */
  public static Verification verify(
      Certificate certificate, ReluNetwork network, Optional<ReluNetwork> other) {
    return verify(certificate, network, other, Monitor.none());
  }

  /**
   * Checks a certificate, until a monitor stops it or the work is out of proportion to its size:
   * then it is undecided. A tree is read from the certificate's file, so that it can be verified
   * once.
   *
   * @throws dev.crease.BadInput if the tree is not written as one
   * @param network as its file says; the preparation that the certificate names is applied to it
   * @param other likewise, the network that is to be determined
   * @param monitor is told how far the check has come
   */
  public static Verification verify(
      Certificate certificate, ReluNetwork network, Optional<ReluNetwork> other, Monitor monitor) {
    return verify(certificate, network, other, monitor, Optional.empty());
  }

  /**
   * Checks a certificate, and writes its tree as a VIPR proof at the same time.
   *
   * @param vipr a file that is not there yet; what is in it proves something if the certificate is
   *     accepted, and is to be thrown away if not
   * @throws dev.crease.Unsupported if {@link Certificate#whyNoVipr} says so, or the proof cannot be
   *     written as VIPR
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static Verification verify(
      Certificate certificate,
      ReluNetwork network,
      Optional<ReluNetwork> other,
      Monitor monitor,
      Optional<Path> vipr) {
    if (vipr.isPresent()) {
      certificate
          .whyNoVipr()
          .ifPresent(
              why -> {
                throw new Unsupported("--vipr: " + why);
              });
    }
    try {
      ReluNetwork f = asked("network", certificate, certificate.network, network);
      if (other.isPresent() != certificate.problem.equals("transformation")
          || other.isPresent() != certificate.other.isPresent()) {
        throw new Refusal(
            "other: a second network is needed for problem transformation, and for no other");
      }
      Optional<ReluNetwork> g =
          other.map(o -> asked("other", certificate, certificate.other.orElseThrow(), o));
      if (g.isPresent() && g.get().inputs() != f.inputs()) {
        throw new Refusal("other: the networks take different numbers of inputs");
      }
      return new Verifier(certificate, f, g, monitor, vipr).verify();
    } catch (Stopped e) {
      return new Verification.Undecided(String.valueOf(e.getMessage()));
    } catch (Refusal | NotProved e) {
      return new Verification.Refused(String.valueOf(e.getMessage()));
    }
  }

  /** The network as a function of the points of the question. */
  private static ReluNetwork asked(
      String field, Certificate certificate, Certificate.Network expected, ReluNetwork file) {
    ReluNetwork prepared = prepared(field, certificate, expected, file);
    if (certificate.scale.isEmpty()) {
      return prepared;
    }
    List<Double> scale = certificate.scale.get();
    double[] origin = new double[prepared.inputs()];
    double[] scales = new double[prepared.inputs()];
    int next = 0;
    for (int j = 0; j < scales.length; j++) {
      boolean isShared = certificate.shared.containsKey(j);
      if (!isShared && next == Math.min(scale.size(), certificate.center.size())) {
        throw new Refusal("center and scale are too short for the network");
      }
      origin[j] = isShared ? 0 : Numbers.nearest(certificate.center.get(next));
      scales[j] = isShared ? 1 : scale.get(next++);
    }
    try {
      return prepared.from(origin, scales);
    } catch (IllegalArgumentException e) {
      throw new Refusal("scale: " + e.getMessage());
    }
  }

  private static ReluNetwork prepared(
      String field, Certificate certificate, Certificate.Network expected, ReluNetwork file) {
    ReluNetwork prepared = certificate.preparation.apply(file);
    if (!NetworkHash.sha256(prepared).equals(expected.sha256())
        || !prepared.shape().equals(expected.shape())) {
      throw new Refusal(field + ": the certificate is for another network, or prepared otherwise");
    }
    return prepared;
  }

  private Verification verify() {
    checkQuestion();
    List<Finding> findings = new ArrayList<>();
    certificate.lower.ifPresent(lower -> findings.add(check(lower)));
    certificate.whole.ifPresent(whole -> findings.add(check(whole)));
    certificate.upper.ifPresent(upper -> findings.add(check(upper)));
    return new Verification.Accepted(question(), findings);
  }

  private void checkQuestion() {
    if (certificate.scale.isPresent()
        && certificate.scale.get().size() != certificate.center.size()) {
      throw new Refusal("scale: it does not have as many entries as the centre");
    }
    if (certificate.center.size() + certificate.shared.size() != inputs) {
      throw new Refusal("center and shared inputs do not make up the " + inputs + " inputs");
    }
    if (!certificate.shared.keySet().equals(certificate.preparation.shared())
        || certificate.shared.keySet().stream().anyMatch(i -> i >= inputs)) {
      throw new Refusal("shared: these are not the inputs that preparation.share says");
    }
    certificate.domain.ifPresent(this::checkDomain);
    if (certificate.noise.isPresent()) {
      Certificate.Noise noise = certificate.noise.get();
      if (noise.eps().signum() < 0 || noise.within().signum() < 0) {
        throw new Refusal("noise: its numbers are not to be negative");
      }
    }
    if (outputs == 0) {
      throw new Refusal("network: it has no outputs");
    }
    if (certificate.maxRadius.filter(r -> r.signum() <= 0).isPresent()) {
      throw new Refusal("maxRadius is not positive");
    }
    certificate.lower.ifPresent(this::checkOrder);
  }

  private void checkDomain(List<Bounds> domain) {
    if (domain.size() != certificate.center.size()) {
      throw new Refusal("domain: it does not have as many sides as the centre has entries");
    }
    for (int k = 0; k < domain.size(); k++) {
      BigFraction c = certificate.center.get(k);
      if (domain.get(k).lower().compareTo(c) > 0 || domain.get(k).upper().compareTo(c) < 0) {
        throw new Refusal("domain: the centre does not lie in it");
      }
    }
  }

  private void checkOrder(Lower lower) {
    BigFraction radius = lower.radius();
    if (radius.signum() <= 0 || radius.compareTo(certificate.maxRadius.orElseThrow()) > 0) {
      throw new Refusal("lower.radius is not positive, or is above maxRadius");
    }
    BigFraction raised = certificate.norm.equals("2") ? radius.multiply(radius) : radius;
    // A mesh covers the closed ball, a tree speaks of what is nearer.
    int most = lower instanceof Certificate.Tree ? 0 : -1;
    if (certificate.upper.isPresent()
        && raised.compareTo(certificate.upper.get().radius()) > most) {
      throw new Refusal("lower.radius is not below the upper end");
    }
  }

  private Finding check(Lower lower) {
    String claim = claim("within ") + show(lower.radius());
    if (lower instanceof Trusted trusted) {
      return new Finding(claim + ": rests on " + trusted.on() + ", not checked", false);
    }
    if (lower instanceof Certificate.Tree tree) {
      return check(tree);
    }
    Covered covered = (Covered) lower;
    if (certificate.noise.isPresent()) {
      throw new Refusal("lower: with noise a mesh proves nothing");
    }
    if (!certificate.shared.isEmpty()) {
      throw new Refusal("lower: with shared inputs a mesh proves nothing");
    }
    if (inputs > MOST_INPUTS) {
      throw new Refusal("lower: meshes of more than " + MOST_INPUTS + " inputs are not checked");
    }
    BigInteger[] center = Subject.homogeneous(certificate.origin());
    Mesh mesh = Mesh.check(subject, covered, certificate.norm, center, effort);
    if (certificate.problem.equals("local") && inputs == outputs && inputs <= 2) {
      PlaneInjectivity.check(mesh, effort);
    } else if (certificate.problem.equals("pseudo")) {
      checkAgainst(mesh, subject.at(center));
    } else {
      checkPairs(mesh);
    }
    return new Finding(
        claim
            + ": checked, on "
            + mesh.simplices().size()
            + (mesh.simplices().size() == 1 ? " simplex, " : " simplices, ")
            + mesh.vertices().size()
            + " vertices",
        true);
  }

  private Finding check(Certificate.Whole whole) {
    if (!certificate.problem.equals("local") || !certificate.shared.isEmpty()) {
      throw new Refusal("lower: the whole space is for problem local, without shared inputs");
    }
    long cells = whole.source().check(f, Subject.homogeneous(whole.point()), effort);
    return new Finding(
        "lower: no two points of the whole space share an output: checked, on "
            + counted(cells, "linear region", "linear regions"),
        true);
  }

  private Finding check(Certificate.Tree tree) {
    double claim = Numbers.above(tree.radius());
    if (!(tree.ball() >= claim)) {
      throw new Refusal("lower.ball is smaller than lower.radius");
    }
    if (certificate.noise.isPresent()) {
      checkNoise(certificate.noise.get());
    }
    TreeCheck.Result result =
        tree.source().check(f, ball(tree.ball()), claim, effort::at, this::scribe);
    return new Finding(
        claim("nearer than ")
            + show(tree.radius())
            + ": checked, up to "
            + result.radius()
            + ", on "
            + counted(result.leaves(), "leaf", "leaves")
            + ", "
            + counted(result.steps(), "step", "steps"),
        true);
  }

  private Scribe scribe(Layers net, Ball ball, double claim) {
    return vipr.<Scribe>map(path -> Vipr.to(path, net, ball, claim)).orElse(Scribe.NONE);
  }

  /** A tree is about points that differ in an input, and noise is by output there. */
  private void checkNoise(Certificate.Noise noise) {
    if (certificate.problem.equals("transformation") || certificate.norm.equals("1")) {
      throw new Refusal("lower: with noise a tree proves nothing here");
    }
    // Also as a double: by it is divided.
    if (!(Numbers.below(noise.within()) > 0)) {
      throw new Refusal("noise.within: a tree needs a positive one, not below the least double");
    }
  }

  private String claim(String near) {
    if (certificate.noise.isPresent()) {
      return "lower: outputs that agree up to the noise determine up to what is allowed " + near;
    }
    return switch (certificate.problem) {
          case "local" -> "lower: no two points share an output ";
          case "pseudo" -> "lower: no other point has the centre's output ";
          default -> "lower: the first output determines the second ";
        }
        + near;
  }

  private static String counted(long count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }

  private Ball ball(double radius) {
    double[] low = new double[inputs];
    double[] high = new double[inputs];
    boolean[] shared = new boolean[inputs];
    int next = 0;
    for (int k = 0; k < inputs; k++) {
      shared[k] = certificate.shared.containsKey(k);
      Bounds bounds =
          shared[k]
              ? certificate.shared.get(k)
              : new Bounds(certificate.origin().get(next), certificate.origin().get(next++));
      low[k] = Numbers.below(bounds.lower());
      high[k] = Numbers.above(bounds.upper());
      if (!(low[k] <= high[k])) {
        throw new Refusal("shared: the interval of input " + k + " is empty");
      }
    }
    boolean isPseudo = certificate.problem.equals("pseudo");
    Ball ball = new Ball(certificate.norm, low, high, shared, radius, isPseudo);
    if (certificate.noise.isPresent()) {
      Certificate.Noise noise = certificate.noise.get();
      ball = ball.with(Numbers.above(noise.eps()), Numbers.below(noise.within()));
    }
    return certificate.domain.isPresent() ? inDomain(ball) : ball;
  }

  private Ball inDomain(Ball ball) {
    double[] from = new double[inputs];
    double[] to = new double[inputs];
    int next = 0;
    for (int k = 0; k < inputs; k++) {
      boolean isShared = certificate.shared.containsKey(k);
      from[k] = isShared ? Double.NEGATIVE_INFINITY : Numbers.below(certificate.side(next).lower());
      to[k] = isShared ? Double.POSITIVE_INFINITY : Numbers.above(certificate.side(next++).upper());
    }
    return ball.in(from, to);
  }

  private void checkAgainst(Mesh mesh, Vertex center) {
    PairCheck check =
        new PairCheck(Stream.concat(mesh.vertices().stream(), Stream.of(center)).toList(), effort);
    Piece point = check.piece(mesh.vertices().size());
    for (int i = 0; i < mesh.simplices().size(); i++) {
      if (!check.agree(check.piece(mesh.simplices().get(i)), point)) {
        throw new Refusal("lower.simplices[" + i + "] has another point with the centre's output");
      }
    }
  }

  private void checkPairs(Mesh mesh) {
    PairCheck check = new PairCheck(mesh.vertices(), effort);
    List<Piece> pieces = mesh.simplices().stream().map(check::piece).toList();
    for (int i = 0; i < pieces.size(); i++) {
      checkPair(check, pieces, i, i);
    }
    Sweep.overlaps(
        mesh.simplices().stream()
            .map(s -> IntStream.of(s).mapToObj(v -> mesh.vertices().get(v).y()).toList())
            .toList(),
        effort,
        (i, j) -> checkPair(check, pieces, i, j));
  }

  private static void checkPair(PairCheck check, List<Piece> pieces, int i, int j) {
    if (!check.agree(pieces.get(i), pieces.get(j))) {
      throw new Refusal(
          "lower.simplices[" + i + "] and lower.simplices[" + j + "] hold points that collide");
    }
  }

  private Finding check(Upper upper) {
    new Collision(certificate).check(subject, upper);
    boolean squared = certificate.norm.equals("2");
    return new Finding(
        (certificate.noise.isPresent()
                ? "upper: noise confuses points as near as "
                : "upper: points collide as near as ")
            + (squared ? "about " + Numbers.root(upper.radius()) : show(upper.radius()))
            + ": checked",
        true);
  }

  private String question() {
    StringBuilder text = new StringBuilder(certificate.problem + " of " + names);
    text.append(certificate.preparation);
    List<Bounds> bounds = List.copyOf(certificate.shared.values());
    for (int k = 0; k < bounds.size(); k++) {
      // Shared inputs keep their order when they are prepared.
      text.append(", input " + certificate.preparation.share().get(k) + " shared in [");
      text.append(show(bounds.get(k).lower()) + ", " + show(bounds.get(k).upper()) + "]");
    }
    text.append(", at (");
    text.append(String.join(", ", certificate.center.stream().map(Verifier::show).toList()));
    text.append("), norm ").append(certificate.norm);
    certificate.scale.ifPresent(
        s ->
            text.append(", scale (")
                .append(String.join(", ", s.stream().map(String::valueOf).toList()))
                .append(")"));
    certificate.domain.ifPresent(
        box ->
            text.append(", in ")
                .append(
                    String.join(
                        " x ",
                        box.stream()
                            .map(s -> "[" + show(s.lower()) + ", " + show(s.upper()) + "]")
                            .toList())));
    certificate.noise.ifPresent(
        n ->
            text.append(", noise ")
                .append(show(n.eps()))
                .append(", within ")
                .append(show(n.within())));
    return text.toString();
  }

  /** A number as a double where it is one, and else with the digits of one and a mark. */
  private static String show(BigFraction value) {
    double near = Numbers.nearest(value);
    boolean exact = Numbers.isExactly(near, value);
    return exact ? String.valueOf(near) : "about " + near;
  }
}
