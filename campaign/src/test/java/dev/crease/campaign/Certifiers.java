package dev.crease.campaign;

import dev.crease.SolverFailure;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.RadiusResult;
import dev.crease.question.Query;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Certifiers that do not do what they should. */
final class Certifiers {

  private Certifiers() {}

  abstract static class Odd implements Certifier {
    @Override
    public Optional<String> refusal(Query query, CertifyOptions options) {
      return Optional.empty();
    }

    @Override
    public RadiusResult check(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      throw new AssertionError("not used");
    }
  }

  /** Looks only half as far as the answer is, and says that nothing is there. */
  static final class Half extends Odd {
    @Override
    public String id() {
      return "regions";
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      SplittingCertifier splitting = new SplittingCertifier();
      double radius = splitting.radius(query, options, listener).certified();
      return splitting.radius(query.upTo(radius / 2), options, listener);
    }
  }

  static final class Refusing extends Odd {
    @Override
    public String id() {
      return "refusing";
    }

    @Override
    public Optional<String> refusal(Query query, CertifyOptions options) {
      return Optional.of("not this");
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      throw new AssertionError("asked after a refusal");
    }
  }

  static final class Failing extends Odd {
    @Override
    public String id() {
      return "failing";
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      throw new SolverFailure("out of luck");
    }
  }

  /** Does not look at the clock, only at the cancellation. */
  static final class Slow extends Odd {
    @Override
    public String id() {
      return "slow";
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      CountDownLatch cancelled = new CountDownLatch(1);
      options.limits().cancellation().onCancel(cancelled::countDown);
      try {
        cancelled.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new SplittingCertifier().radius(query, options, listener);
    }
  }
}
