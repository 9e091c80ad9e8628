package dev.crease.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.crease", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] API = {
    "dev.crease",
    "dev.crease.model..",
    "dev.crease.solver",
    "dev.crease.network..",
    "dev.crease.bounds..",
    "dev.crease.encoding..",
    "dev.crease.certify..",
    "dev.crease.certificate..",
    "dev.crease.regions.."
  };

  @ArchTest
  static final ArchRule apiKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAnyPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.crease.solver.*..",
              "dev.crease.formats..",
              "dev.crease.verifier..",
              "dev.crease.plots..",
              "dev.crease.bench..",
              "dev.crease.cli..",
              "com.google.ortools..");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommand =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.cli..");

  @ArchTest
  static final ArchRule theVerifierSharesOnlyTheNetworks =
      classes()
          .that()
          .resideInAPackage("dev.crease.verifier..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "com.fasterxml.jackson..",
              "org.hipparchus.fraction..",
              "org.jspecify..",
              "dev.crease",
              "dev.crease.network..",
              "dev.crease.verifier..");

  @ArchTest
  static final ArchRule onlyTheCommandKnowsTheVerifier =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.crease.verifier..", "dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.verifier..");

  @ArchTest
  static final ArchRule theBenchmarksKnowTheApiAndTheFormatsOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.crease.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.crease.solver.*..", "dev.crease.verifier..", "dev.crease.plots..");

  @ArchTest
  static final ArchRule onlyTheCommandKnowsTheBenchmarks =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.crease.bench..", "dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.bench..");

  @ArchTest
  static final ArchRule theCommandKnowsNoBackend =
      noClasses()
          .that()
          .resideInAPackage("dev.crease.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.crease.solver.*..");

  @ArchTest
  static final ArchRule backendsDoNotKnowEachOther =
      slices()
          .matching("dev.crease.solver.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices()
          .matching("dev.crease.(*)..")
          .should()
          .beFreeOfCycles()
          // Backends are in packages below the solvers' own, and may bring certifiers.
          .ignoreDependency(resideInAPackage("dev.crease.solver.*.."), alwaysTrue());
}
