package dev.crease;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

@AnalyzeClasses(packages = "dev.crease", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("network")
          .definedBy("dev.crease.network..")
          .layer("model")
          .definedBy("dev.crease.model..")
          .layer("solver")
          .definedBy("dev.crease.solver..")
          .layer("bounds")
          .definedBy("dev.crease.bounds..")
          .layer("encoding")
          .definedBy("dev.crease.encoding..")
          .layer("tightening")
          .definedBy("dev.crease.tightening..")
          .layer("regions")
          .definedBy("dev.crease.regions..")
          .layer("certify")
          .definedBy("dev.crease.certify..")
          .layer("certificate")
          .definedBy("dev.crease.certificate..")
          .whereLayer("certificate")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("certify")
          .mayOnlyBeAccessedByLayers("certificate")
          .whereLayer("tightening")
          .mayOnlyBeAccessedByLayers("certify")
          .whereLayer("encoding")
          .mayOnlyBeAccessedByLayers("tightening", "certify")
          .whereLayer("regions")
          .mayOnlyBeAccessedByLayers("certify")
          .whereLayer("bounds")
          .mayOnlyBeAccessedByLayers("encoding", "tightening", "regions", "certify", "certificate")
          .whereLayer("network")
          .mayOnlyBeAccessedByLayers(
              "bounds", "encoding", "tightening", "regions", "certify", "certificate")
          .whereLayer("solver")
          .mayOnlyBeAccessedByLayers("encoding", "tightening", "regions", "certify")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("solver", "encoding", "tightening", "certify");

  @ArchTest
  static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices().matching("dev.crease.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NOTHING_KNOWS_A_BACKEND_OR_A_FORMAT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.crease.solver.*..",
              "dev.crease.formats..",
              "dev.crease.cli..",
              "com.google.ortools..",
              "com.sun.jna..");

  @ArchTest
  static final ArchRule NOTHING_IS_PRINTED =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule NOTHING_ENDS_THE_PROCESS =
      noClasses().should().callMethod(System.class, "exit", int.class);
}
