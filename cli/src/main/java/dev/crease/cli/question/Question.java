package dev.crease.cli.question;

import dev.crease.BadInput;
import dev.crease.bounds.Interval;
import dev.crease.bounds.Norm;
import dev.crease.certificate.Preparation;
import dev.crease.question.Noise;
import dev.crease.question.Problem;
import dev.crease.question.Query;
import dev.crease.witness.Conditioning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A question as the command line put it, that can be asked at any centre.
 *
 * @param f the network, and its file
 * @param g the second network of problem transformation
 * @param maxRadius how far to look; infinite for the whole space
 * @param preparation how the networks in the files became these
 * @param intervals of the shared inputs, by their indices in the file
 * @param scale units of the ball's coordinates: one for all, or one for each
 * @param noise of the outputs, and what it may do
 * @param domain a box that cuts the ball
 * @param notes what else is to be known of the files
 */
public record Question(
    Problem problem,
    NetworkOptions.Prepared f,
    Optional<NetworkOptions.Prepared> g,
    Norm norm,
    double maxRadius,
    Preparation preparation,
    Map<Integer, Interval> intervals,
    Optional<double[]> scale,
    Noise noise,
    Optional<List<Interval>> domain,
    List<String> notes) {

  /**
   * The question at a centre; its notes are a list of its own.
   *
   * @throws BadInput if the centre or another value does not fit
   */
  public Asked at(double... center) {
    try {
      double[] whole = f.shared().isEmpty() ? center : new double[f.network().inputs()];
      Query query =
          switch (problem) {
            case LOCAL -> Query.local(f.network(), norm, whole);
            case PSEUDO -> Query.pseudo(f.network(), norm, whole);
            case TRANSFORMATION ->
                Query.transformation(f.network(), g.orElseThrow().network(), norm, whole);
          };
      if (!f.shared().isEmpty()) {
        query = query.sharing(f.shared(), center);
      }
      if (scale.isPresent()) {
        query = query.scaled(each(scale.get(), query.dimension()));
      }
      query = query.with(noise);
      if (domain.isPresent()) {
        query = query.in(domain.get());
      }
      List<String> own = new ArrayList<>(notes);
      if (f.shared().isEmpty()) {
        Conditioning.at(query.f(), query.center())
            .filter(Conditioning::isIll)
            .map(Question::text)
            .ifPresent(own::add);
      }
      Query asked = Double.isInfinite(maxRadius) ? query.onWholeSpace() : query.upTo(maxRadius);
      return new Asked(asked, preparation, intervals, sources(), own);
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }

  private static double[] each(double[] scale, int dimension) {
    double[] each = scale.clone();
    if (scale.length == 1) {
      each = new double[dimension];
      Arrays.fill(each, scale[0]);
    }
    return each;
  }

  private static String text(Conditioning ill) {
    return String.format(
        Locale.ROOT,
        "at the centre the Jacobian has condition %.2g: a change of the input moves the outputs by"
            + " as little as %.2g times its size, and by as much as %.2g times",
        ill.number(),
        ill.least(),
        ill.most());
  }

  /** The same question, for those who say once what is to be known of the files. */
  public Question withoutNotes() {
    return new Question(
        problem, f, g, norm, maxRadius, preparation, intervals, scale, noise, domain, List.of());
  }

  /**
   * The same question in other units.
   *
   * @throws BadInput if it has units of its own
   */
  Question over(double[] units) {
    if (units.length != dimension()) {
      throw new BadInput(
          "--domain has "
              + units.length
              + (units.length == 1 ? " side" : " sides")
              + ", but there are "
              + dimension()
              + " inputs that are neither fixed nor shared");
    }
    if (scale.isPresent()) {
      throw new BadInput("--domain has units of its own: leave out --scale");
    }
    return new Question(
        problem,
        f,
        g,
        norm,
        maxRadius,
        preparation,
        intervals,
        Optional.of(units),
        noise,
        domain,
        notes);
  }

  /** The same question on the part of each ball that lies in a box. */
  public Question in(List<Interval> box) {
    return new Question(
        problem,
        f,
        g,
        norm,
        maxRadius,
        preparation,
        intervals,
        scale,
        noise,
        Optional.of(box),
        notes);
  }

  /** Why the question cannot be asked at a centre: the domain does not hold it. Empty if it can. */
  public Optional<String> outside(double... center) {
    return domain
        .filter(box -> box.size() == center.length)
        .filter(
            box ->
                IntStream.range(0, center.length)
                    .anyMatch(
                        j -> center[j] < box.get(j).lower() || center[j] > box.get(j).upper()))
        .map(box -> "the centre does not lie in the domain " + DomainArgument.of(box).box());
  }

  /** The networks in the files. */
  public List<Asked.Source> sources() {
    return Stream.concat(Stream.of(f), g.stream()).map(NetworkOptions.Prepared::source).toList();
  }

  /** How many numbers a centre has. */
  public int dimension() {
    return f.network().inputs() - f.shared().size();
  }
}
