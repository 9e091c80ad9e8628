package dev.crease.campaign;

import dev.crease.Cancellation;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.StopReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The true answers: those known by construction, and for few inputs those of the exact engine, each
 * found once. Those in the lines of an interrupted campaign are taken from there.
 */
public final class Truths {

  /** Up to so many inputs the exact engine is asked. */
  static final int MOST_INPUTS = 3;

  /** The ends of an exact bracket differ by rounding, or by the little that noise leaves open. */
  private static final double ROUNDING = 1e-9;

  private final Backends backends;
  private final Duration limit;
  private final Map<String, Optional<Truth>> found = new HashMap<>();
  private final Map<String, Truth> recorded = new HashMap<>();

  /**
   * For the instances of a campaign.
   *
   * @param limit on each
   * @param lines of an earlier run
   */
  public Truths(Backends backends, Duration limit, List<Run> lines) {
    this.backends = backends;
    this.limit = limit;
    for (Run line : lines) {
      line.truth()
          .ifPresent(
              radius -> recorded.put(line.instance(), new Truth(radius, line.truthSource())));
    }
  }

  /** The true answer of an instance; empty where it is not known, or not found within the limit. */
  public Optional<Truth> of(Instance instance, Cancellation cancellation) {
    Optional<Truth> known = found.get(instance.id());
    if (known == null) {
      known = find(instance, cancellation);
      if (!cancellation.isCancelled()) {
        found.put(instance.id(), known);
      }
    }
    return known;
  }

  private Optional<Truth> find(Instance instance, Cancellation cancellation) {
    if (instance.known().isPresent()) {
      return instance.known();
    }
    Truth earlier = recorded.get(instance.id());
    if (earlier != null) {
      return Optional.of(earlier);
    }
    if (instance.inputs() > MOST_INPUTS || !backends.hasExact()) {
      return Optional.empty();
    }
    CertifyOptions options =
        CertifyOptions.builder().timeLimit(limit).cancellation(cancellation).build();
    RadiusResult result =
        backends
            .certifier(Backends.EXACT, instance.query(), options)
            .radius(instance.query(), options, CertifyListener.none());
    double radius = result.refuted().orElse(result.query().maxRadius());
    return result.stop() == StopReason.COMPLETE && result.certified() >= radius * (1 - ROUNDING)
        ? Optional.of(new Truth(radius, Backends.EXACT))
        : Optional.empty();
  }
}
