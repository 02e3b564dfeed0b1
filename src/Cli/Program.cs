using MesoLiMg.Cli;
using MesoLiMg.Cli.Printing;

StandardStreams.ReplaceClosed();
return await CommandLine.Run(args, Console.Out, Console.Error);
