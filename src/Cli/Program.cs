using MesoLiMg.Cli;
using MesoLiMg.Cli.Process;

StandardStreams.ReplaceClosed();
return await CommandLine.Run(args, Console.Out, Console.Error);
