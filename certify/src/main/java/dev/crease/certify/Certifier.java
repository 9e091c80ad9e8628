package dev.crease.certify;

import dev.crease.Unsupported;
import dev.crease.question.Query;
import java.util.Optional;

/** Answers questions, with evidence. Stateless; may be used from several threads at once. */
public interface Certifier {

  /** The id by which configuration selects it. */
  String id();

  /** Why it cannot answer a question, in one line; empty when it can. */
  Optional<String> refusal(Query query, CertifyOptions options);

  /**
   * Whether {@code auto} should prefer this certifier for a question that it does not refuse.
   *
   * @return why, in a few words; empty, the default, when not
   */
  default Optional<String> suits(Query query) {
    return Optional.empty();
  }

  /**
   * Whether it has nothing beyond a solver's word: of several such ones that race, none need be
   * waited for when one has claimed an answer.
   */
  default boolean asksSolver() {
    return false;
  }

  /**
   * Whether it answers questions with {@linkplain Query#noise noise}; one that does not is never
   * asked any.
   */
  default boolean answersNoise() {
    return false;
  }

  /**
   * Whether it answers questions with a {@linkplain Query#domain domain} that cuts the ball; one
   * that does not is never asked any.
   */
  default boolean answersDomains() {
    return false;
  }

  /**
   * Whether it answers questions about the {@linkplain Query#onWholeSpace whole space}; one that
   * does not is never asked any.
   */
  default boolean answersWholeSpace() {
    return false;
  }

  /**
   * Why a certifier is not to be asked a question of this kind, which it does not know of; empty if
   * it may be.
   */
  static Optional<String> refusalOfKind(Certifier certifier, Query query) {
    if (query.isOnWholeSpace() && !certifier.answersWholeSpace()) {
      return Optional.of(
          "certifier "
              + certifier.id()
              + " answers no questions about the whole space;"
              + " choose regions, in up to three inputs, or give a finite radius");
    }
    boolean isNoise = !query.noise().isNone() && !certifier.answersNoise();
    boolean isDomain = query.domain().isPresent() && !certifier.answersDomains();
    return isNoise || isDomain
        ? Optional.of(
            "certifier "
                + certifier.id()
                + " answers no questions with "
                + (isNoise ? "noise" : "a domain around a centre")
                + (isNoise
                    ? "; choose regions or a solver"
                    : "; choose regions, in up to six inputs"))
        : Optional.empty();
  }

  /** What it is for, in one line; for lists of what there is. */
  default String about() {
    return "a certifier";
  }

  /**
   * Brackets the radius that a question asks for.
   *
   * @throws dev.crease.Unsupported if there is a {@link #refusal}
   * @throws dev.crease.BadInput if an option is not usable
   */
  RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener);

  /**
   * Decides whether the property holds at one radius: like {@link #radius} for {@code
   * query.upTo(radius)}, but stops at the first collision.
   *
   * @throws dev.crease.Unsupported if there is a {@link #refusal}
   * @throws dev.crease.BadInput if an option is not usable
   */
  RadiusResult check(Query query, double radius, CertifyOptions options, CertifyListener listener);

  /**
   * Brackets how far {@code g} may differ between two points of the ball with one output of {@code
   * f}; for the questions of one network how far apart such points may be.
   *
   * @param radius of the ball
   * @throws dev.crease.Unsupported if it does not, or if there is a {@link #refusal}
   */
  default SpreadResult spread(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    throw new Unsupported(
        "certifier "
            + id()
            + " does not bracket spreads; choose regions, tree or a solver of integer programs");
  }

  /**
   * Brackets the Lipschitz constants of {@code f} on the ball of a question without a second
   * network. Unless a certifier knows better, {@linkplain LipschitzBound without a claim} of how
   * near the ends are.
   *
   * @param radius of the ball
   * @throws dev.crease.Unsupported if there is a {@link #refusal}
   */
  default LipschitzResult lipschitz(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    refuseParts(query);
    return LipschitzBound.of(
        query.upTo(radius),
        options,
        "certifier " + id() + " does not close the brackets; regions does, for up to three inputs");
  }

  /**
   * Lipschitz constants are those of a whole ball, and of outputs as they are.
   *
   * @throws Unsupported if a question has a domain that cuts its ball, or noise
   */
  static void refuseParts(Query query) {
    if (query.domain().isPresent() || !query.noise().isNone()) {
      throw new Unsupported(
          "Lipschitz constants are those of a whole ball, without noise or a domain that cuts it");
    }
  }

  /**
   * The verdict on the property at the radius of a {@link #check}; what is only claimed decides
   * nothing.
   */
  static Verdict verdict(RadiusResult checked) {
    if (checked.holdsEverywhere()) {
      return Verdict.HOLDS;
    }
    return checked.isRefuted() ? Verdict.REFUTED : Verdict.UNDECIDED;
  }
}
