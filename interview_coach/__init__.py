"""Interview Coach: rehearse interviews alone and offline, against recorded answers."""

__version__ = "0.1.0"

APPLICATION_NAME = "Interview Coach"

#: Names the desktop entry, the AppStream component and the macOS bundle alike.
APPLICATION_ID = "io.github.interview_coach.InterviewCoach"
